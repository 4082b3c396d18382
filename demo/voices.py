"""Invented stemmen: one that came in, with a drawing, one half way, and one link without an answer yet."""

from django.core.files.uploadedfile import SimpleUploadedFile

from cases import uploads
from demo import papers
from demo.story import Paper
from meetings.actions import voice as actions
from meetings.rules.voice import QUESTIONS
from meetings.voice import new_token, read_voice

OWNER = "eigenaar"
# By first name of the jeugdige: per question (choice, text).
SENT = {
    "naam": ("", "Ploon is goed. Of Mus."),
    "gaat": ("goed", ""),
    "blij": ("", "Als de uil er zit. Hij zat er gisteren ook!"),
    "droom": ("", "Een boek met alle vogels van onze straat. En dat iemand het dan leest."),
    "goed": ("", "Tellen. Ik ken 41 mussen uit elkaar."),
    "lastig": ("", "Als iedereen tegelijk praat. Dan hoor ik niks meer."),
    "wie": ("", "Opa. En de postbode."),
    "meedoen": ("iemand", "Buiten, bij de sloot. Opa praat voor mij. Ik lust wel appelsap."),
}
FOR_TABLE = ("droom", "meedoen")
HALF_WAY = {
    "naam": ("", "Jente. Zij."),
    "gaat": ("gaat_wel", ""),
    "blij": ("", "Als de treinen op tijd rijden. En als ze te laat rijden eigenlijk ook."),
    "droom": ("", "Machinist, maar dan "),
}


def tell(playing, cast, cases, today):
    """The eigenaar invites; the rest is done with the link alone, as nobody."""
    _fill_in(_invite(playing, cast, cases["Ploon"][0], today), SENT, send=True)
    _fill_in(_invite(playing, cast, cases["Jente"][0], today), HALF_WAY)
    _invite(playing, cast, cases["Zilver"][0], today)


def _invite(playing, cast, case, today):
    token = new_token()
    with playing(cast, OWNER):
        actions.invite(case=case, token=token, today=today)
    return token


def _fill_in(token, answers, *, send=False):
    for question in QUESTIONS:
        if question.key in answers:
            choice, text = answers[question.key]
            actions.save_answer(voice=read_voice(token), question=question, choice=choice, text=text, seen=0)
    if send:
        drawn = SimpleUploadedFile("tekening.png", papers.make(Paper("foto", "png")))
        file_type, content = uploads.checked(drawn)
        actions.add_drawing(voice=read_voice(token), file_type=file_type, content=content)
        actions.send(voice=read_voice(token), keys=FOR_TABLE, drawing=True)
