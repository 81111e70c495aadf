//! Setting up, signing in, people and API tokens.

mod hashing;
mod people;
mod set_up;
mod sign_in;
mod token;

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, PasswordProblem, User, Workspace},
    shared::SessionId,
};

pub use hashing::hash_password;
pub use peil_store::{access::ApiToken, audit::Event as AuditEvent};
pub use people::{NewUser, PersonChange};
pub use set_up::SetUp;
pub(crate) use set_up::check_name;
pub(crate) use sign_in::SeenSignIns;
pub use sign_in::{ABSOLUTE_EXPIRY_DAYS, IDLE_EXPIRY_HOURS, SignedIn};
pub use token::NewToken;

/// Why signing in or changing people or tokens is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// Address and password do not belong together, or the person is blocked.
    #[error("wrong address or password")]
    WrongCredentials,
    /// Nobody is signed in, or no longer.
    #[error("not signed in")]
    NotSignedIn,
    /// Peil was set up before.
    #[error("already set up")]
    AlreadySetUp,
    /// The password is not good enough.
    #[error(transparent)]
    Password(#[from] PasswordProblem),
    /// Someone signs in with this address already.
    #[error("address already in use")]
    EmailTaken,
    /// The last owner cannot be blocked or made less.
    #[error("last owner")]
    LastOwner,
    /// Only an owner makes or changes owners.
    #[error("only an owner may change owners")]
    OwnerOnly,
}

/// Who is acting, found from a cookie or token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// For checking rights.
    pub actor: Actor,
    /// The person.
    pub user: User,
    /// The organisation.
    pub workspace: Workspace,
    /// The sign-in; nothing for an API token.
    pub sign_in: Option<SessionId>,
    /// When the sign-in ends at the latest.
    pub expires_at: Option<Timestamp>,
}
