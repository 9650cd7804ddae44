"""Actors as components of any spaCy pipeline of German.

    >>> import spacy
    >>> nlp = spacy.blank("de")
    >>> nlp.add_pipe("ratsplan_actors")
    >>> [(ent.text, ent.label_, ent._.actor_kind) for ent in nlp("Das Jugendamt berät den Kreistag.").ents]
    [('Jugendamt', 'ORG', 'unit'), ('Kreistag', 'ORG', 'committee')]

Installed, ratsplan registers the factories itself; from a checkout, import this module first. The components wrap the
rules of this package instead of rebuilding them from spaCy's matchers: the rules read texts, not tokens (spaCy parts
"Bürger:innen" and "e. V.") and are faster, and so both ways give the same actors.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.actors import find_named
from extractors.actors.abbreviations import collect
from schemas.records import Actor, Mention

ACTORS, ABBREVIATIONS = "ratsplan_actors", "ratsplan_abbreviations"
"""Names of the factories; ACTORS is the key of `doc.spans` as well."""

_OF_SPAN = ("actor_id", "actor_kind", "actor_name", "actor_origin", "actor_confidence")
_OF_DOC = "actor_abbreviations"


def _extend() -> None:
    for name in _OF_SPAN:
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)
    if not Doc.has_extension(_OF_DOC):
        Doc.set_extension(_OF_DOC, default=None)


@Language.factory(ABBREVIATIONS, assigns=[f"doc._.{_OF_DOC}"])
class AbbreviationFinder:
    """Sets `doc._.actor_abbreviations`: short form -> the long forms that name actors, as the text introduces them."""

    def __init__(self, nlp: Language, name: str) -> None:
        _extend()
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        found = collect([doc.text], [])
        setattr(doc._, _OF_DOC, {found.printed[key]: longs for key, longs in found.longs.items()})
        return doc


@Language.factory(
    ACTORS,
    assigns=["doc.ents", "doc.spans", *(f"span._.{name}" for name in _OF_SPAN)],
    default_config={"names": [], "ents": True},
)
class ActorFinder:
    """Sets `doc.spans["ratsplan_actors"]`, and with `ents` also `doc.ents`, where entities of others give way.

    `names` are actors to look for besides, such as the contributors of a plan. Each span has a label of spaCy's (ORG,
    PER, LOC, MISC), the actor's id as `id_`, and `_.actor_kind`, `_.actor_name`, `_.actor_origin`,
    `_.actor_confidence`. A span takes in whole tokens.
    """

    def __init__(self, nlp: Language, name: str, names: Sequence[str], ents: bool) -> None:
        _extend()
        self.name = name
        self.names = list(names)
        self.ents = ents

    def __call__(self, doc: Doc) -> Doc:
        spans = [_span(doc, mention, actor) for mention, actor in find_named(doc.text, names=self.names)]
        doc.spans[ACTORS] = spans
        if self.ents:
            own = filter_spans(spans)
            taken = {token.i for span in own for token in span}
            others = [ent for ent in doc.ents if not any(token.i in taken for token in ent)]
            doc.ents = sorted([*own, *others], key=lambda span: span.start)
        return doc


def _span(doc: Doc, mention: Mention, actor: Actor) -> Span:
    span = doc.char_span(mention.start, mention.end, label=mention.label, alignment_mode="expand")
    assert span is not None  # a mention has letters, and expanding takes in their tokens
    span.id_ = actor.actor_id
    values = (actor.actor_id, actor.kind, actor.name, mention.origin, mention.confidence)
    for name, value in zip(_OF_SPAN, values, strict=True):
        setattr(span._, name, value)
    return span
