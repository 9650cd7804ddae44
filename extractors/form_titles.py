"""Which of the texts above the boxes of a form is its title: forms of one document set their titles alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.forms import Box, Form, is_title
from schemas.geometry import Word

Style = tuple[float, bool]
"""Font size in half points, and whether the text is bold."""
_TAGGED = 0.6
"""Share of the forms that have a tag, at least."""
_TAG_FORMS = 4
_TAG_WORDS = 6


def style_of(words: Sequence[Word]) -> Style:
    """How a text is set. Raises ValueError where there is none."""
    return round(2 * max(word.size for word in words)) / 2, all(word.bold for word in words)


def title_style(forms: Sequence[Form]) -> Style | None:
    """How the titles of most forms are set; None where that does not tell.

    Above the first form the title of the document may stand as well, and what introduces it.
    """
    styles = [style_of(title.words) for form in forms[1:] if (title := title_of(form, None)) is not None]
    style, count = Counter(styles).most_common(1)[0] if styles else (None, 0)
    return style if 2 * count > len(forms[1:]) else None


def title_of(form: Form, style: Style | None) -> Box | None:
    """The text that is the form's title: the last one that is set in `style`, else the largest; None without one."""
    titles = [box for box in form.opening if is_title(box)]
    alike = [box for box in titles if style_of(box.words) == style]
    return alike[-1] if alike else max(titles, key=lambda box: box.size, default=None)


def tags_of(forms: Sequence[Form], style: Style | None) -> dict[int, Box]:
    """The text of each form, by its id, that names a group of them: without label, set alike, and said again."""
    boxes = [(form, box) for form in forms for box in form.opening if style_of(box.words) != style]
    short = [(form, box) for form, box in boxes if len(box.words) <= _TAG_WORDS and is_title(box)]
    looks = Counter((*style_of(box.words), box.words[0].color) for _, box in short)
    for look, count in looks.most_common(2):
        tags = {id(form): box for form, box in short if (*style_of(box.words), box.words[0].color) == look}
        said = {" ".join(word.text for word in box.words) for box in tags.values()}
        usual = len(tags) == count >= max(_TAG_FORMS, _TAGGED * len(forms))
        if usual and 1 < len(said) <= len(tags) / 2:
            return tags
    return {}
