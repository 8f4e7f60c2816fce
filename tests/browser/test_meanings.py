"""About, and the words that open their meaning: by hand, by keyboard, on the stage, elsewhere."""

from playwright.sync_api import expect

from helpers.accessibility import serious
from helpers.looking import enter, expect_verified, main, open_page, rate, stage, visit
from helpers.stages import TWO
from lsedash.text.glossary import entry, glossary
from lsedash.ui.pages.registry import PAGES


def term(page, text, within=main):
    return within(page).get_by_role("button", name=text, exact=True).first


def expect_meaning(page, word):
    """Wait until the meaning of a word, and no other, is open and all in the window."""
    shown = page.get_by_role("dialog", name=entry(word).word, exact=True)
    expect(shown).to_contain_text(entry(word).meaning)
    expect(shown).to_be_in_viewport(ratio=1)
    return shown


def test_a_word_on_the_stage_opens_its_meaning_by_hand_and_by_keyboard(page):
    visit(page, TWO)
    term(page, "α").click()
    shown = expect_meaning(page, "learning rate")
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(term(page, "α")).to_be_focused()
    enter(rate(page), "0.05")
    expect_verified(page)
    term(page, "λmax").focus()  # drawn anew with the rate
    page.keyboard.press("Enter")
    shown = expect_meaning(page, "curvature")
    assert serious(page) == {}
    page.mouse.click(5, 5)
    expect(shown).to_be_hidden()
    term(page, "Status").click()
    expect_meaning(page, "status")
    expect(stage(page).locator("[data-term]")).not_to_have_count(0)


def test_about_is_reached_from_a_page_by_keyboard_and_a_word_leads_to_all_words(page):
    open_page(page, "why", TWO)
    about = page.get_by_role("button", name="About")
    about.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="About lsedash")
    for said in (*PAGES, PAGES[0]):
        expect(dialog).to_contain_text(said.sentence)
    expect(dialog.locator(".words dt")).to_have_text([each.word for each in glossary()])
    assert serious(page) == {}
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(about).to_be_focused()
    term(page, "factor").click()
    expect_meaning(page, "factor").get_by_role("button", name="All words").click()
    expect(dialog.locator("dt", has_text="factor").last).to_be_in_viewport()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("button", name="Condition number").click()
    expect_meaning(page, "condition number")
