"""Names of people and organisations, in any alphabet and romanisation: fold, romanise, read aloud, parse.

Pure Python and the standard library, no dictionary of people: the tables in ``data/`` are our own. See
docs/methods/names.md for what the keys are and what they cannot tell.
"""

from clarion.names.adjectives import roots
from clarion.names.frequency import frequency, known_surname
from clarion.names.given import GivenName, equivalents, given_names, givens, short_for
from clarion.names.letters import fold, script
from clarion.names.organisation import OrganisationName, OrganisationPart, other_names, parse_organisation
from clarion.names.patronymic import Patronymic, patronymic
from clarion.names.person import NamePart, PersonName, parse_person
from clarion.names.romanise import SYSTEMS, System, romanise
from clarion.names.several import split_names
from clarion.names.sisters import SISTERS, kin_key, sister_of
from clarion.names.skeleton import skeleton, skeletons
from clarion.names.surname import masculine, surname_ending

__all__ = [
    "SISTERS", "SYSTEMS", "GivenName", "NamePart", "OrganisationName", "OrganisationPart", "Patronymic",
    "PersonName", "System", "equivalents", "fold", "frequency", "given_names", "givens", "kin_key", "known_surname",
    "masculine", "other_names", "parse_organisation", "parse_person", "patronymic", "romanise", "roots", "script",
    "short_for", "sister_of", "skeleton", "skeletons", "split_names", "surname_ending",
]  # fmt: skip
