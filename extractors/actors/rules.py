"""Names of actors built by the rules of German: an actor noun with its adjectives, topics, places and legal form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.actors.clubs import club_end, named_end
from extractors.actors.lexicon import Token, broken, noun_follows
from extractors.actors.names import is_number, name_adjectives, stem
from extractors.actors.proper import begins_sentence, ends_name, is_council, is_place, party_end, person_end
from extractors.actors.words import (
    HeadWord,
    grammar,
    head_of,
    is_acronym,
    legal_form,
    morphology,
    party_list,
    plain,
    printed_words,
    role_list,
    text_words,
)

_PROPER = re.compile(r"^[A-ZÄÖÜ][\wäöüß.-]*$")


def rule_end(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind a name that the rules build from `index` on; None where none begins."""
    named = (person_end, club_end, named_end) if tokens[index].text[:1].isupper() else ()
    for find in named:
        if (found_end := find(tokens, index)) is not None:
            return found_end
    place = _head_place(tokens, index)
    if place is None:
        if tokens[index].text in printed_words("party_groups"):
            return _parties_behind(text, tokens, index + 1)
        party, _, group = tokens[index].text.rpartition("-")
        if group in printed_words("party_groups") and party in party_list():
            return index + 1  # "BSW-Gruppe"
        return _group(tokens, index) or _company(text, tokens, index)
    found = _text_head(tokens[place].text)
    if found is None:
        return _company(text, tokens, index)
    if place == index and _is_label(text, tokens, index):
        return None
    end = _to_legal_form(text, tokens, _extend(text, tokens, place, found))
    alone = end == place + 1 and place == index and not found.stem
    if alone and found.head.nominative in grammar("vague") and not _legal_next(text, tokens[place].end):
        return end if is_council(tokens, index) else None
    if not found.stem and found.head.nominative in grammar("of_people") and _people_behind(tokens, place + 1):
        return None
    return None if is_place(tokens, place, end) else end


def _group(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "AG Radverkehr"; an article stands before it, for "Bau AG" is a company."""
    led = index > 0 and tokens[index - 1].text.casefold() in grammar("articles") and not tokens[index].gap.strip()
    if not led or tokens[index].text not in printed_words("groups") or index + 1 >= len(tokens):
        return None
    after = tokens[index + 1]
    named = after.text[:1].isupper() and not after.gap.strip() and _text_head(after.text) is None
    return _topics(tokens, index + 1) if named and not ends_name(after.text) else None


@lru_cache(maxsize=65536)
def _text_head(word: str) -> HeadWord | None:
    found = head_of(word) if word[:1].isupper() else None
    return found if found is not None and found.head.in_text else None


def _head_place(tokens: Sequence[Token], index: int) -> int | None:
    """Where the actor noun of a name stands that begins at `index`: behind adjectives, "Sozial- und", a proper name."""
    place = index
    while place < len(tokens) - 1 and place < index + 5:
        word = tokens[place].text
        if place > index and broken(tokens[place].gap):
            return None
        if word.endswith("-"):
            place += 2 if tokens[place + 1].text.casefold() in grammar("joiners") else 1
            continue
        if _text_head(word) is not None:
            return place
        if not _leads_name(tokens, place, index):
            return None
        place += 1
    last = place < len(tokens) and (place == index or not broken(tokens[place].gap))
    return place if last and _text_head(tokens[place].text) is not None else None


def _leads_name(tokens: Sequence[Token], place: int, index: int) -> bool:
    """Whether a word before the noun belongs to the name."""
    word = tokens[place].text
    if stem(word) in name_adjectives():
        return True
    if not word[:1].isupper() or head_of(word) is not None or word.casefold() in grammar("articles"):
        return False
    if _sentence_start(tokens, place):
        return False
    if morphology("proper_adjective").search(word):
        return True
    # A proper name before the noun: "die Baden-Württemberg Stiftung", "das Wuppertal Institut".
    if place != index or not place or tokens[place - 1].text.casefold() not in grammar("articles"):
        return False
    noun = _text_head(tokens[place + 1].text)
    vague = noun is not None and not noun.stem and noun.head.nominative in grammar("vague")
    return "-" in word or word.isupper() or (vague and not morphology("abstract").search(word))


def _sentence_start(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or bool(re.search(r"[.!?:\n]", tokens[place].gap))


def _extend(text: str, tokens: Sequence[Token], place: int, found: HeadWord) -> int:
    """The index behind the name whose noun stands at `place`."""
    end = _past_saint_and_year(text, tokens, place + 1, found)
    noun = found.head.nominative
    while end < len(tokens) and not broken(tokens[end].gap) and not tokens[end].gap.strip():
        word = tokens[end].text
        if is_number(word) and _may_be_numbered(word, found):
            end += 1
        elif noun in grammar("of_parties") and (party := _party_behind(text, tokens, end)) is not None:
            return party
        elif word in grammar("purpose") and end + 1 < len(tokens) and _may_have_purpose(found):
            behind = _topics(tokens, end + 1)
            if behind is None:
                break
            return behind
        elif word in grammar("genitive") and noun in grammar("relational"):
            return _genitive(text, tokens, end) or end
        elif _names_on(tokens, end, found):
            end = _topics(tokens, end) or end + 1 if noun in grammar("open") else end + 1
        elif (
            word == "zu"
            and noun in grammar("of_towns")
            and end + 1 < len(tokens)
            and _PROPER.match(tokens[end + 1].text)
        ):
            return end + 2
        else:
            break
    return _past_saint_and_year(text, tokens, end, found)


def _past_saint_and_year(text: str, tokens: Sequence[Token], end: int, found: HeadWord) -> int:
    """The index behind "St. Marien" or, where a legal form ends the name, behind "1896 Lindenhof"."""
    if end + 1 < len(tokens) and tokens[end].text == "St" and tokens[end + 1].gap.strip() == ".":
        return end + 2
    if found.head.kind != "association" or end + 1 >= len(tokens) or not tokens[end].text.isdigit():
        return end
    last = end + 1 if tokens[end + 1].text[:1].isupper() and not tokens[end + 1].gap.strip() else end
    return last + 1 if len(tokens[end].text) in (2, 4) and _legal_next(text, tokens[last].end) else end


def _people_behind(tokens: Sequence[Token], index: int) -> bool:
    """Whether a genitive follows: "der Kreis der Begünstigten", "das Amt des Schriftführers"."""
    if index >= len(tokens) or tokens[index].gap.strip():
        return False
    return tokens[index].text in {"der", "des", "derer", "derjenigen", "von", "aus"}


def _to_legal_form(text: str, tokens: Sequence[Token], end: int) -> int:
    """The index behind up to two more words and a legal form: "Kreiswerke" "Barnim GmbH"."""
    for place in range(end, min(end + 2, len(tokens))):
        word = tokens[place]
        if word.gap.strip() or broken(word.gap) or not word.text[:1].isupper() or _text_head(word.text) is not None:
            break
        if legal_form().fullmatch(word.text) or begins_sentence(word.text):
            break
        if _legal_next(text, word.end) and text[word.end] == " ":
            return place + 1
    return end


def _is_label(text: str, tokens: Sequence[Token], index: int) -> bool:
    """ "Projektträger: Stadtwerke", "Träger der Maßnahme ist ...": the word says what the actor behind it is."""
    token = tokens[index]
    if token.text.casefold() not in text_words("label_actors"):
        return False
    if index and "\n" not in token.gap and not re.search(r"[.!?]", token.gap):
        return False
    if text.startswith(":", token.end) or _is_told(tokens, index + 1):
        return True
    whole_line = text.startswith("\n", token.end) or (
        index + 1 < len(tokens) and tokens[index + 1].text[:1].isupper() and not tokens[index + 1].gap.strip()
    )
    return whole_line and token.text.casefold() != "träger"


def _is_told(tokens: Sequence[Token], index: int) -> bool:
    """Whether "der Maßnahme ist" or "ist der" follows."""
    if index + 1 < len(tokens) and tokens[index].text in {"ist", "war"}:
        return tokens[index + 1].text in grammar("articles")
    return (
        index + 2 < len(tokens)
        and tokens[index].text in grammar("genitive")
        and _text_head(tokens[index + 1].text) is None
        and tokens[index + 2].text in {"ist", "sind", "war", "wird"}
    )


def _may_have_purpose(found: HeadWord) -> bool:
    """Whether "für" goes on the name: "Beirat für Umwelt", not "dankt der Feuerwehr für den Einsatz"."""
    if found.head.kind == "group" or found.nominative.casefold() in grammar("no_purpose"):
        return False
    whole = not found.stem or found.head.kind == "committee"
    return not (whole and found.head.lemma in grammar("no_purpose"))


def _may_be_numbered(number: str, found: HeadWord) -> bool:
    """ "Amt 61", "Dezernat IV"; a committee only has a small number: "Ortsbeirat 9"."""
    if found.head.kind == "committee":
        return bool(found.stem) and found.head.nominative in grammar("numbered") and len(number) < 3
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return False  # a year
    return found.head.kind in ("unit", "department") and (number[0].isdigit() or number.isupper())


def _party_behind(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind the party of a Fraktion: "Fraktion DIE LINKE", "Fraktion der Freien Wähler"."""
    for place in (index, index + 1):
        if place < len(tokens) and (end := party_end(text, tokens, place)) is not None:
            return end
        if tokens[index].text.casefold() not in grammar("articles"):
            break
    return None


def _parties_behind(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "FDP/Piraten"; None where no party stands at `index`."""
    end = _party_behind(text, tokens, index) if index < len(tokens) else None
    while end is not None and end < len(tokens) and tokens[end].gap.strip() == "/":
        party = plain(tokens[end].text) in text_words("party_words")
        further = end + 1 if party else party_end(text, tokens, end)
        if further is None:
            break
        end = further
    return end


def _names_on(tokens: Sequence[Token], end: int, found: HeadWord) -> bool:
    """Whether the capitalised word at `end` goes on the name: a topic, or a place."""
    word = tokens[end].text
    if not _PROPER.match(word) or _text_head(word) is not None or is_number(word) or begins_sentence(word):
        return False
    if ends_name(word) or person_end(tokens, end) is not None:
        return False
    if is_number(tokens[end - 1].text) and stem(word) in name_adjectives():
        return False  # "Amt 56 Städtisches Gebäudemanagement" is two
    if found.head.nominative in grammar("open"):
        before = tokens[end - 1].text
        topic = head_of(before) is None and not is_number(before) and not before.endswith(("e", "en"))
        if topic and morphology("abstract").search(word):
            return False  # "Eigenbetrieb Abwasser Wirtschaftsplan"
        return found.head.numbers != "p"
    if "p" in found.head.numbers and found.head.nominative not in grammar("plural_names"):
        return False
    return (
        not morphology("abstract").search(word) and head_of(word) is None and found.head.kind not in ("group", "person")
    )


def _topics(tokens: Sequence[Token], index: int) -> int | None:
    """The index behind a list of topics: "Umwelt", "Kinder und Jugend", "Bildung, Kultur und Sport"."""
    place = index
    while (
        place < len(tokens) and tokens[place].text.casefold() in grammar("articles") and not tokens[place].gap.strip()
    ):
        place += 1
    while (
        place < len(tokens)
        and tokens[place].text[:1].islower()
        and noun_follows(tokens, place)
        and _ends_like_adjective(tokens[place].text)
    ):
        place += 1
    if place >= len(tokens) or not tokens[place].text[:1].isupper():
        return None
    end = place + 1
    found = _text_head(tokens[place].text)
    if found is not None and end < len(tokens) and not tokens[end].gap.strip() and _names_on(tokens, end, found):
        return end + 1  # "für den Kreis Coesfeld"
    while end < len(tokens):
        step = _next_topic(tokens, end)
        if step is None:
            break
        end = step
    if (
        end + 1 < len(tokens)
        and tokens[end].text in role_list("supporting", "bare")
        and plain(tokens[end - 1].text) in grammar("people")
    ):
        end += 2
    return end


def _ends_like_adjective(word: str) -> bool:
    return word.endswith(("e", "en", "er", "es", "em")) and word not in grammar("prepositions")


def _next_topic(tokens: Sequence[Token], end: int) -> int | None:
    word, gap = tokens[end].text, tokens[end].gap.strip()
    if ends_name(word) or person_end(tokens, end) is not None:
        return None
    if gap == "" and word.casefold() in grammar("joiners") and end + 1 < len(tokens):
        after = tokens[end + 1].text
        if (
            after[:1].isupper()
            and _text_head(after) is None
            and not is_acronym(after)
            and not tokens[end + 1].gap.strip()
        ):
            return end + 2
        return None
    if gap == "&" and word[:1].isupper():
        return end + 1
    if gap == "," and word[:1].isupper() and _text_head(word) is None:
        for place in range(end, min(end + 6, len(tokens) - 1)):
            if tokens[place].text in grammar("joiners"):
                return (
                    end + 1
                    if tokens[place + 1].text[:1].isupper() and _text_head(tokens[place + 1].text) is None
                    else None
                )
            if place > end and tokens[place].gap.strip() != ",":
                return None
        return None
    return end + 1 if gap == "" and tokens[end - 1].text.endswith("-") and word[:1].isupper() else None


def _genitive(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "der VOLKSWOHNUNG GmbH", "des Kreises Ostholstein", "der Länder"."""
    place = index + 1
    if place < len(tokens) and tokens[place].text.casefold() in grammar("opinions"):
        return None
    while place < len(tokens) and tokens[place].text[:1].isupper() and not tokens[place].gap.strip():
        if place > index + 1 and ends_name(tokens[place].text):
            break
        found = _text_head(tokens[place].text)
        place += 1
        if found is not None and not (place < len(tokens) and _names_on(tokens, place, found)):
            break
    return place if place > index + 1 else None


def _legal_next(text: str, end: int) -> bool:
    return bool(legal_form().match(text, end + 1))


@lru_cache(maxsize=1)
def _inner_words() -> frozenset[str]:
    """Small words that stand inside a name: "Bund für Umwelt und Naturschutz"."""
    return grammar("joiners") | grammar("continues")


def _company(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind "Umwelt Technik Soziales e.V.": capitalised words before a legal form."""
    place = index
    while place < len(tokens) and place < index + 7:
        token = tokens[place]
        if place > index and token.gap.strip() != "&" and (broken(token.gap) or "," in token.gap):
            return None
        proper = token.text[:1].isupper() or token.text[:1].isdigit()
        joined = place > index and (
            token.text in _inner_words() or (token.text == "in" and is_acronym(tokens[index].text))
        )
        if not proper and not joined:
            return None
        if joined and token.text in grammar("genitive") and not _takes_genitive(tokens[index].text):
            return None  # "Wirtschaftsplan der Kreisentwicklungsgesellschaft mbH"
        if proper and place == index and (token.text[:1].isdigit() or token.text.casefold() in grammar("articles")):
            return None
        if proper and not joined and _legal_next(text, token.end) and text[token.end] == " ":
            return place + 1
        place += 1
    return None


def _takes_genitive(word: str) -> bool:
    found = head_of(word)
    return _text_head(word) is not None or (found is not None and found.head.nominative in grammar("relational"))


def branch_end(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """The index behind the part of an association that its name is followed by: "AWO" "Unterbezirk Westküste"."""
    if index >= len(tokens) or tokens[index].gap.strip():
        return None
    found = _text_head(tokens[index].text)
    if found is None or found.nominative.casefold() not in grammar("branches"):
        return None
    return _extend(text, tokens, index, found)
