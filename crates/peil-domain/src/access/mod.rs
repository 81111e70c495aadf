//! Who may do what: people, roles, rights, passwords and organisations.

mod logo;
mod password;
mod right;
mod role;
mod workspace;

pub use logo::{InvalidLogo, Logo, LogoKind};
pub use password::{PASSWORD_LEAST, PASSWORD_MOST, PasswordProblem, check_password};
pub use right::{Actor, Right, Scopes, UnknownRight};
pub use role::{Role, UnknownRole, User};
pub use workspace::{Accent, Brand, InvalidAccent, Workspace};
