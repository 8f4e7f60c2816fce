"""The paths of the pages, as the settings of pages name them."""

DESCEND, RATES, WHY, CODE, PITFALL = "", "learning-rates", "why", "code", "pitfalls"
LESSONS = "lessons"
EVERYWHERE = (DESCEND, RATES, WHY, CODE, PITFALL, LESSONS)
