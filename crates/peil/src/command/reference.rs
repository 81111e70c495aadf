//! `peil reference`: all commands and settings as Markdown, made from their definitions.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Cli;
use crate::settings::KEYS;

/// The whole page.
pub(super) fn markdown() -> String {
    let root = Cli::command();
    let mut page = String::from(
        "# Commands and settings\n\n\
         Made by `cargo dev generate`; do not edit.\n\n\
         Exit code 0 is done, 1 refused or failed, 2 wrong usage. With `--json` every command prints \
         JSON; a refusal is `{\"error\": {\"code\", \"message\"}}`.\n",
    );
    for command in root
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
    {
        write_command(&mut page, "peil", command);
    }
    write_settings(&mut page);
    page
}

fn write_command(page: &mut String, before: &str, command: &Command) {
    let name = format!("{before} {}", command.get_name());
    let mut inner = command
        .get_subcommands()
        .filter(|inner| !inner.is_hide_set())
        .peekable();
    if inner.peek().is_some() {
        for inner in inner {
            write_command(page, &name, inner);
        }
        return;
    }
    let about = command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    page.extend(["\n## `", &name, "`\n\n", about.trim_end_matches('.'), ".\n"]);
    let arguments: Vec<&Arg> = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set())
        .collect();
    if arguments.is_empty() {
        return;
    }
    page.push_str("\n| argument | what |\n|---|---|\n");
    for argument in arguments {
        page.push_str(&row(argument));
    }
}

fn row(argument: &Arg) -> String {
    let value = argument
        .get_value_names()
        .and_then(|names| names.first())
        .map(ToString::to_string)
        .unwrap_or_default();
    let takes_value = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
    let name = match argument.get_long() {
        Some(long) if takes_value => format!("--{long} <{value}>"),
        Some(long) => format!("--{long}"),
        None => format!("<{value}>"),
    };
    let mut help = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    if argument.is_required_set() {
        help.push_str(" (required)");
    }
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    if takes_value && !defaults.is_empty() {
        help.extend([" [default: ", &defaults.join(" "), "]"]);
    }
    format!("| `{name}` | {} |\n", help.replace('|', "\\|"))
}

fn write_settings(page: &mut String) {
    page.push_str(
        "\n## Settings\n\n\
         In `peil.toml` in the data folder (or the file that `--config` or `PEIL_CONFIG` names), in \
         the environment, or as a flag of `peil serve`; the last one wins. A name with a dot is a \
         key in a table: `uploads.limit_mb` is `limit_mb` under `[uploads]`. An unknown key in the \
         file is an error.\n\n\
         | setting | variable | flag | default | what |\n|---|---|---|---|---|\n",
    );
    for key in &KEYS {
        let default = if key.default.is_empty() {
            String::new()
        } else {
            format!("`{}`", key.default)
        };
        let row = format!(
            "| `{}` | `{}` | `{}` | {default} | {} |\n",
            key.name, key.variable, key.flag, key.help
        );
        page.push_str(&row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_setting_is_described() {
        let page = markdown();
        for part in [
            "## `peil serve`",
            "## `peil token create`",
            "`--password-stdin`",
            "`PEIL_LISTEN`",
        ] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("## `peil help`"));
        assert_eq!(page, markdown());
    }
}
