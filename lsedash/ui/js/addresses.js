// The parts of the page's address that say how the page is shown and not what. No DOM.

const OF_STREAMLIT = /^embed/; // the parts that Streamlit reads itself
const PRESENT = "present";

/**
 * An address without the parts whose keys are chosen; what stays is written as it was.
 * @param {string} address @param {(key: string) => boolean} chosen
 */
function without(address, chosen) {
  const [start] = address.split("?", 1), query = address.slice(start.length + 1);
  const kept = query.split("&").filter((part) => part && !chosen(decoded(part.split("=")[0])));
  return kept.length ? `${start}?${kept.join("&")}` : start;
}

/** @param {string} key */
function decoded(key) {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** An address to hand on: outside of the frame that the page may stand in. @param {string} address */
export function shared(address) {
  return without(address, isOfStreamlit);
}

/** The same for a class, which does not present. @param {string} address */
export function forClass(address) {
  return without(address, (key) => key === PRESENT || isOfStreamlit(key));
}

/** Whether a part of an address is read by Streamlit itself. @param {string} key */
export function isOfStreamlit(key) {
  return OF_STREAMLIT.test(key);
}

/** The query of a link that opens in presenter mode, in the same frame as an address. @param {string} query @param {string} search  of the address */
export function presented(query, search) {
  const parts = without(`?${query}`, isOfStreamlit).slice(1).split("&").filter(Boolean);
  const off = parts.every((part) => !/^present=[1-9]$/.test(part));
  const kept = off ? [...parts.filter((part) => part.split("=")[0] !== PRESENT), `${PRESENT}=1`] : parts;
  const frame = search.replace(/^\?/, "").split("&").filter((part) => isOfStreamlit(part));
  return [...kept, ...frame].join("&");
}
