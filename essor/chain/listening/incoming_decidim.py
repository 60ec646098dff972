"""A Decidim export as voices on their way in: debates are questions, comments answer them or a proposal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from essor.chain.listening.incoming import Incoming, Reading, author_digest, prepared
from essor.chain.listening.mapping import ImportMapping
from essor.chain.listening.places import Places
from essor.common.text import excerpt
from essor.outside.decidim import DecidimComment, DecidimDebate, DecidimExport, DecidimProposal
from essor.outside.issues import RowIssue

NAME_LENGTH, QUESTION_LENGTH = 60, 300


class DecidimReader:
    """Reads one export: debates first (they name the questions), then proposals, then comments."""

    def __init__(
        self, export: DecidimExport, mapping: ImportMapping, places: Places, reading: Reading
    ) -> None:
        self.export, self.mapping, self.places, self.reading = export, mapping, places, reading
        self._questions: dict[str, tuple[str, str]] = {}  # key of a debate → its question and theme
        self._orphans: set[str] = set()
        self._roots: set[str] = set()

    def voices(self) -> Iterator[Incoming]:
        for debate in self.export.debates():
            self._roots.add(debate.source_key)
            if self.mapping.debates_as_questions:
                self._remember(debate)
        for proposal in self.export.proposals():
            self._roots.add(proposal.source_key)
            yield self._proposal(proposal)
        for comment in self.export.comments():
            yield self._comment(comment)

    def _remember(self, debate: DecidimDebate) -> None:
        question = excerpt(debate.title, QUESTION_LENGTH - 1)
        theme = self._theme(debate.categories) or self._theme_written_below(debate)
        self._questions[debate.source_key] = (question, theme)
        self.reading.questions.setdefault(question, excerpt(debate.body, QUESTION_LENGTH - 1))

    def _proposal(self, proposal: DecidimProposal) -> Incoming:
        at = (proposal.latitude, proposal.longitude)
        return prepared(
            key=proposal.source_key,
            words=proposal.body,
            title=proposal.title,
            said_at=proposal.created_at,
            author=author_digest(proposal.author_key),
            theme=self._theme(proposal.categories),
            commune_code=self.places.at(at[0], at[1]) if at[0] is not None and at[1] is not None else "",
            place_label=proposal.address,
            file=proposal.file,
            line=proposal.line,
        )

    def _comment(self, comment: DecidimComment) -> Incoming:
        question, theme = self._questions.get(comment.root_key, ("", ""))
        if comment.root_key not in self._roots:
            self._tell_orphan(comment)
        answers_debate = comment.parent_key == comment.root_key and "/debate/" in comment.root_key
        return prepared(
            key=comment.source_key,
            words=comment.body,
            said_at=comment.created_at,
            author=author_digest(comment.author_key),
            theme=theme,
            question=question,
            language=comment.locale,
            reply_to="" if answers_debate else comment.parent_key,
            alignment=comment.alignment,
            file=comment.file,
            line=comment.line,
        )

    def _theme(self, categories: tuple[str, ...]) -> str:
        name = categories[0][:NAME_LENGTH] if categories else ""
        if name:
            self.reading.themes.setdefault(name)
        return name

    def _theme_written_below(self, debate: DecidimDebate) -> str:
        """Old sites without categories wrote the theme of a debate alone in its description."""
        body = debate.body.strip()
        return self._theme((body,)) if body and len(body) <= NAME_LENGTH and "\n" not in body else ""

    def _tell_orphan(self, comment: DecidimComment) -> None:
        """Once per site: its comments are kept, without the thread that goes up to what they answer."""
        site = "/".join(comment.root_key.split("/")[:2])
        if site in self._orphans:
            return
        self._orphans.add(site)
        self.reading.tell(
            comment.file,
            RowIssue(
                comment.line,
                "root_commentable_url",
                _("Ce que visent des commentaires (%(site)s) n’est pas dans les fichiers : ils seront seuls.")
                % {"site": site or "?"},
                _("Ajoutez à l’import le fichier des propositions ou des débats du même site."),
                skipped=False,
            ),
        )
