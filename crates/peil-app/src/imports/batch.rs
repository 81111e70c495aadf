//! One batch of rows on its way into the database.

use std::collections::{BTreeMap, HashMap};

use peil_domain::{
    access::Actor,
    shared::{AccountId, ContactId, EmailAddress, ResponseId},
};
use peil_store::{
    Tx,
    audience::{accounts, contacts},
    response,
};

use super::{
    answers::AnswerRow,
    contacts::{ContactsPlan, code_of, refuse},
    run::{AnswersRun, Batch, Outcome, Run},
};
use crate::{App, AppError, app::new_id, audience::Upserted, ports::TableRow};

/// Customers found by what the rows say of them.
#[derive(Default)]
struct People {
    by_id: HashMap<String, (ContactId, Option<AccountId>)>,
    by_email: BTreeMap<EmailAddress, (ContactId, Option<AccountId>)>,
}

impl App {
    /// Does one batch of rows; with `is_trial` nothing is written.
    pub(super) async fn take_batch(
        &self,
        actor: &Actor,
        run: &mut Run,
        batch: &Batch,
        is_trial: bool,
    ) -> Result<Outcome, AppError> {
        let mut outcome = Outcome {
            refused: batch.refused.clone(),
            ..Outcome::default()
        };
        match run {
            Run::Contacts(plan) => {
                self.take_contacts(actor, plan, &batch.rows, &mut outcome)
                    .await?;
            }
            Run::Answers(run) => {
                let rows = run.read(&batch.rows, &mut outcome);
                self.take_answers(actor, run, rows, &mut outcome, is_trial)
                    .await?;
            }
        }
        outcome.refused.sort_by_key(|refused| refused.row);
        Ok(outcome)
    }

    async fn take_contacts(
        &self,
        actor: &Actor,
        plan: &ContactsPlan,
        rows: &[TableRow],
        outcome: &mut Outcome,
    ) -> Result<(), AppError> {
        let mut drafts = Vec::with_capacity(rows.len());
        let mut sources = Vec::with_capacity(rows.len());
        for row in rows {
            match plan.read(row) {
                Ok(draft) => {
                    drafts.push(draft);
                    sources.push(row);
                }
                Err(refused) => outcome.refused.push(refused),
            }
        }
        if drafts.is_empty() {
            return Ok(());
        }
        let results = self.upsert_contacts(actor, drafts).await?;
        for (row, result) in sources.into_iter().zip(results) {
            match result {
                Upserted::Added(_) => outcome.added += 1,
                Upserted::Updated(_) => outcome.updated += 1,
                Upserted::Refused(why) => outcome.refused.push(refuse(row, code_of(&why), "")),
            }
        }
        Ok(())
    }

    async fn take_answers(
        &self,
        actor: &Actor,
        run: &mut AnswersRun,
        rows: Vec<AnswerRow>,
        outcome: &mut Outcome,
        is_trial: bool,
    ) -> Result<(), AppError> {
        let people = self.people_of(actor, &rows).await?;
        let mut accounts = Vec::with_capacity(rows.len());
        let mut responses = Vec::with_capacity(rows.len());
        for AnswerRow {
            mut response,
            contact,
            email,
            account,
        } in rows
        {
            let known = contact.as_ref().and_then(|id| people.by_id.get(id));
            let known = known.or_else(|| people.by_email.get(email.as_ref()?));
            if known.is_none() && (contact.is_some() || email.is_some()) {
                outcome.unlinked += 1;
            }
            if let Some((id, account)) = known {
                response.contact = Some(*id);
                response.account = *account;
            }
            responses.push(response);
            accounts.push(account);
        }
        let new = if is_trial {
            let ids: Vec<ResponseId> = responses.iter().map(|response| response.id).collect();
            let session = self.store.read(actor.workspace);
            responses.len() - response::list_known(&session, &ids).await?.len()
        } else {
            let tx = self.store.begin(actor.workspace).await?;
            for (response, account) in responses.iter_mut().zip(accounts) {
                if let Some(name) = account {
                    response.account = Some(self.imported_account(&tx, run, name).await?);
                }
            }
            let new = response::add_many(&tx, &responses).await?;
            tx.commit().await?;
            new.len()
        };
        outcome.added += i64::try_from(new).unwrap_or_default();
        outcome.updated += i64::try_from(responses.len() - new).unwrap_or_default();
        Ok(())
    }

    async fn imported_account(
        &self,
        tx: &Tx,
        run: &mut AnswersRun,
        name: String,
    ) -> Result<AccountId, AppError> {
        if let Some(id) = run.accounts.get(&name) {
            return Ok(*id);
        }
        let account = accounts::find_or_add(tx, new_id!(self, AccountId), &name, &name).await?;
        run.accounts.insert(name, account.id);
        Ok(account.id)
    }

    async fn people_of(&self, actor: &Actor, rows: &[AnswerRow]) -> Result<People, AppError> {
        let ids: Vec<String> = rows.iter().filter_map(|row| row.contact.clone()).collect();
        let emails: Vec<EmailAddress> = rows.iter().filter_map(|row| row.email.clone()).collect();
        let session = self.store.read(actor.workspace);
        let mut people = People::default();
        for contact in contacts::lookup_many(&session, &ids, &emails).await? {
            let who = (contact.id, contact.account);
            people.by_id.extend(contact.external_id.map(|id| (id, who)));
            people
                .by_email
                .extend(contact.email.map(|email| (email, who)));
        }
        Ok(people)
    }
}
