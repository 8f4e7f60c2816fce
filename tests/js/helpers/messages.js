/** The contents of messages, by their names. */
export function contents(messages) {
  return Object.fromEntries(messages.map(([, name, content]) => [name, content]));
}
