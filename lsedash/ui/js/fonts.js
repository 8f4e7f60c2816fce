// The page's fonts as text. A picture carries the fonts it uses, because a drawing outside the page
// cannot fetch them.

/** @type {Map<string, Promise<string>>} */
const known = new Map();

/** The rules of all upright fonts whose name is in a text, with the fonts inside. @param {string} text */
export async function fontsIn(text) {
  const rules = [...document.styleSheets].flatMap(fontRulesOf)
    .filter(({ rule, family }) => rule.style.getPropertyValue("font-style") !== "italic" && text.includes(family));
  return (await Promise.all(rules.map(({ rule, base }) => embedded(rule.cssText, base)))).join("\n");
}

/** @param {CSSStyleSheet} sheet */
function fontRulesOf(sheet) {
  const rules = [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
  return rules.map((rule) => ({
    rule, family: rule.style.getPropertyValue("font-family").replace(/["']/g, ""), base: sheet.href ?? document.baseURI,
  }));
}

/** A rule with its font in place of the font's address. @param {string} rule @param {string} base */
function embedded(rule, base) {
  const address = /url\(["']?([^"')]+)["']?\)/.exec(rule)?.[1];
  if (!address || address.startsWith("data:")) return rule;
  const url = new URL(address, base).href;
  const font = known.get(url) ?? fetch(url).then((answer) => answer.blob()).then(dataUrl);
  known.set(url, font);
  return font.then((data) => rule.replace(address, data));
}

/** @param {Blob} blob @returns {Promise<string>} */
function dataUrl(blob) {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
