//! `titles.toml`, `roles.toml`, `organisations.toml`, `given_names.toml`: words that tell who somebody is. No names of
//! living persons: only forms that any name may have.

use serde::Deserialize;

use super::{Builder, LexiconError, Table, Tags};

/// Words that tell who somebody is.
#[derive(Debug)]
pub struct PeopleWords {
    /// What stands before a name: "Mr", "President".
    pub titles: Table<Option<Gender>>,
    /// What a person is: "spokeswoman", "analysts".
    pub roles: Table<RoleWord>,
    /// Kinds of organisation: "ministry", "Inc".
    pub organisations: Table<OrganisationWord>,
    /// Given names, with their bearer's gender where they tell it.
    pub given_names: Table<Option<Gender>>,
}

/// What "he" and "she" tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Gender {
    /// "she"
    #[serde(rename = "f")]
    Female,
    /// "he"
    #[serde(rename = "m")]
    Male,
}

/// A noun for what a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleWord {
    /// "spokesman", "actress".
    pub gender: Option<Gender>,
    /// "officials".
    pub is_plural: bool,
}

/// A word for a kind of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganisationWord {
    /// May stand for the organisation alone: "the ministry".
    pub is_noun: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    gender: Option<Gender>,
    #[serde(default)]
    plural: bool,
    #[serde(default)]
    noun: bool,
    #[serde(default)]
    mark: bool,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    title: Vec<Group>,
    #[serde(default)]
    role: Vec<Group>,
    #[serde(default)]
    organisation: Vec<Group>,
    #[serde(default)]
    given: Vec<Group>,
}

/// Reads the four tables.
pub(super) fn read(builder: &mut Builder) -> Result<PeopleWords, LexiconError> {
    let titles: File = builder.parse(TITLES, include_str!("en/titles.toml"))?;
    let roles: File = builder.parse(ROLES, include_str!("en/roles.toml"))?;
    let organisations: File =
        builder.parse(ORGANISATIONS, include_str!("en/organisations.toml"))?;
    let given: File = builder.parse(GIVEN_NAMES, include_str!("en/given_names.toml"))?;
    let gender = |group: &Group| group.gender;
    let role = |group: &Group| RoleWord { gender: group.gender, is_plural: group.plural };
    let kind = |group: &Group| OrganisationWord { is_noun: group.noun && !group.mark };
    Ok(PeopleWords {
        titles: table(builder, TITLES, Tags::TITLE, &titles.title, gender)?,
        roles: table(builder, ROLES, Tags::ROLE, &roles.role, role)?,
        organisations: table(
            builder,
            ORGANISATIONS,
            Tags::ORGANISATION,
            &organisations.organisation,
            kind,
        )?,
        given_names: table(builder, GIVEN_NAMES, Tags::GIVEN_NAME, &given.given, gender)?,
    })
}

fn table<T>(
    builder: &mut Builder,
    name: &'static str,
    tag: u64,
    groups: &[Group],
    value: impl Fn(&Group) -> T,
) -> Result<Table<T>, LexiconError> {
    let mut table = Table::new(name, tag);
    for group in groups {
        for word in &group.words {
            table.add(builder, word, value(group))?;
        }
    }
    Ok(table.done())
}

const TITLES: &str = "titles.toml";
const ROLES: &str = "roles.toml";
const ORGANISATIONS: &str = "organisations.toml";
const GIVEN_NAMES: &str = "given_names.toml";
