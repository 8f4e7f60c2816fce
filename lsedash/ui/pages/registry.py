"""All pages, in the order of their links. To add a page, add a folder and a line here."""

from lsedash.ui.pages.code import page as code
from lsedash.ui.pages.descend import page as descend
from lsedash.ui.pages.lessons import page as lessons
from lsedash.ui.pages.pitfalls import page as pitfalls
from lsedash.ui.pages.rates import page as rates
from lsedash.ui.pages.why import page as why

PAGES = (descend.PAGE, rates.PAGE, why.PAGE, code.PAGE, pitfalls.PAGE, lessons.PAGE)
