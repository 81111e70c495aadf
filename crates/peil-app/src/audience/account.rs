//! Organisations that are customers.

use peil_domain::{
    access::{Actor, Right},
    audience::Account,
};
use peil_store::{
    Page,
    audience::{accounts, counts},
};

use crate::{App, AppError, app::demand};

/// An account with its contacts counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSize {
    /// The account.
    pub account: Account,
    /// Contacts that work for it.
    pub contacts: u64,
}

impl App {
    /// Lists accounts by name, of which `search` is a part.
    pub async fn list_accounts(
        &self,
        actor: &Actor,
        search: Option<&str>,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Page<AccountSize>, AppError> {
        demand(actor, Right::ReadAudience)?;
        let session = self.store.read(actor.workspace);
        let page = accounts::list_page(&session, search, after, limit).await?;
        let ids: Vec<_> = page.items.iter().map(|account| account.id).collect();
        let sizes = counts::accounts(&session, &ids).await?;
        let counted = |account: Account| {
            let contacts = sizes.get(&account.id).copied().unwrap_or(0);
            AccountSize { account, contacts }
        };
        Ok(Page {
            items: page.items.into_iter().map(counted).collect(),
            next: page.next,
        })
    }
}
