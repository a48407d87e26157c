/** Hands a text to the browser as a file to keep. */
export function saveFile(name: string, type: "text/csv" | "application/json", text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address over by the next task; keeping it would keep the text in memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
