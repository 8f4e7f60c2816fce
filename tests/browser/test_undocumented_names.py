"""Names that Plotly and Streamlit do not document, one by one: what broke when a version moves.

Our JavaScript uses them in `ui/js/overlay.js` and `ui/js/page.js` alone.
"""

from helpers.looking import visit
from helpers.stages import TWO

PLOT = "document.querySelector('.loss .js-plotly-plot')"
PLOTLY = {
    "class js-plotly-plot": f"{PLOT} !== null",
    "class scatterlayer": f"{PLOT}.querySelector('.scatterlayer') !== null",
    "class nsewdrag": f"{PLOT}.querySelector('.nsewdrag') !== null",
    "_fullLayout": f"typeof {PLOT}._fullLayout === 'object'",
    "_fullLayout.width, .height": f"{PLOT}._fullLayout.width > 0 && {PLOT}._fullLayout.height > 0",
    "_fullLayout.dragmode": f"{PLOT}._fullLayout.dragmode === 'zoom'",
    "axis.range": f"{PLOT}._fullLayout.xaxis.range.length === 2",
    "axis._offset": f"{PLOT}._fullLayout.yaxis._offset >= 0",
    "axis._length": f"{PLOT}._fullLayout.xaxis._length > 100",
    "axis.d2p from data to pixels": f"""(({{ d2p, range, _length }}) =>
        Math.abs(d2p(10 ** range[0]) - _length) < 1 && Math.abs(d2p(10 ** range[1])) < 1)(
        {PLOT}._fullLayout.yaxis)""",
    "axis.p2d from pixels to data": f"""(({{ p2d, range }}) =>
        Math.abs(Math.log10(p2d(0)) - range[1]) < 1e-6)({PLOT}._fullLayout.yaxis)""",
}
STAGE = "document.querySelector('[data-testid=stage]')"
STREAMLIT = {
    "data-testid stMain": f"{STAGE}.closest('[data-testid=stMain]') !== null",
    "data-testid stColumn": "document.querySelector('[data-testid=stColumn]') !== null",
    "class st-key-...": "document.querySelector('.st-key-pages') !== null",
    "--st-background-color": f"""/^(#|rgb)/.test(
        getComputedStyle({STAGE}).getPropertyValue('--st-background-color'))""",
    "__reactContainer$, stateNode.current": """((root) => root[Object.keys(root).find(
        (name) => name.startsWith('__reactContainer$'))].stateNode.current !== undefined)(
        document.getElementById('root'))""",
    "--st-text-color": f"""/^(#|rgb)/.test(
        getComputedStyle({STAGE}).getPropertyValue('--st-text-color'))""",
}


def test_the_undocumented_names_of_plotly_and_streamlit_we_use_are_still_there(page):
    visit(page, TWO)
    gone = {}
    for name, condition in (PLOTLY | STREAMLIT).items():
        answer = page.evaluate(
            f"() => {{ try {{ return {condition}; }} catch (fault) {{ return String(fault); }} }}"
        )
        if answer is not True:
            gone[name] = answer
    assert gone == {}
