// Copies the address bar. The clipboard API wants HTTPS or localhost; elsewhere a hidden field does it.
export default function ({ parentElement }) {
  const button = parentElement.querySelector("button");
  button.onclick = async () => {
    const copied = await copy(window.location.href);
    button.textContent = copied ? "Link copied" : "Copy it from the address bar";
    setTimeout(() => { button.textContent = "Copy link"; }, 2000);
  };
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}
