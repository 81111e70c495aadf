//! Whoever follows the outbox to read answers: where it is, and that only one program does it.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr,
};
use uuid::Uuid;

use crate::{Store, StoreError, convert::micros, entities::readers, outbox::Position};

/// How far a reader is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderState {
    /// The place in the outbox; absent before anything was read.
    pub position: Option<Position>,
    /// Version of the rules by which everything was read.
    pub rules: i32,
}

impl Store {
    /// Becomes, or stays, the one program that reads until `until`; nothing when another one is. A
    /// file has one program: whoever read before is gone.
    pub async fn hold_reader(
        &self,
        name: &str,
        holder: Uuid,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<ReaderState>, StoreError> {
        let row = readers::ActiveModel {
            name: Set(name.to_owned()),
            place: Set(None),
            rules: Set(0),
            holder: Set(None),
            held_until: Set(0),
        };
        if self.find_reader(name).await?.is_none() {
            readers::Entity::insert(row)
                .on_conflict_do_nothing()
                .exec_without_returning(self.writing())
                .await?;
        }
        let mut is_free = Condition::any()
            .add(readers::Column::Holder.eq(holder))
            .add(readers::Column::HeldUntil.lt(micros(now)));
        if self.is_file() {
            is_free = is_free.add(readers::Column::HeldUntil.gte(0));
        }
        let held = readers::Entity::update_many()
            .col_expr(readers::Column::Holder, Expr::value(holder))
            .col_expr(readers::Column::HeldUntil, Expr::value(micros(until)))
            .filter(readers::Column::Name.eq(name))
            .filter(is_free)
            .exec(self.writing())
            .await?;
        if held.rows_affected == 0 {
            return Ok(None);
        }
        let row = self.find_reader(name).await?;
        Ok(row.map(|row| ReaderState {
            position: row.place.and_then(|place| place.parse().ok()),
            rules: row.rules,
        }))
    }

    /// Notes how far a reader is; `false` when another program reads by now.
    pub async fn note_reader(
        &self,
        name: &str,
        holder: Uuid,
        state: &ReaderState,
    ) -> Result<bool, StoreError> {
        let place = state.position.as_ref().map(ToString::to_string);
        let noted = readers::Entity::update_many()
            .col_expr(readers::Column::Place, Expr::value(place))
            .col_expr(readers::Column::Rules, Expr::value(state.rules))
            .filter(readers::Column::Name.eq(name))
            .filter(readers::Column::Holder.eq(holder))
            .exec(self.writing())
            .await?;
        Ok(noted.rows_affected == 1)
    }

    async fn find_reader(&self, name: &str) -> Result<Option<readers::Model>, StoreError> {
        Ok(readers::Entity::find_by_id(name.to_owned())
            .one(self.anywhere())
            .await?)
    }
}
