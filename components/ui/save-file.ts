type FileType =
  | "text/x-shellscript"
  | "text/csv"
  | "text/markdown"
  | "application/json"
  | "application/yaml"
  | "image/svg+xml";

/** Hands a text to the browser as a file to keep. */
export function saveFile(name: string, type: FileType, text: string): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** The same for bytes. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address over by the next task; keeping it would keep the text in memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
