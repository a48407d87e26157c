import "./help-text.css";

/** A document of the repository, made into HTML by the server, which escapes everything but its own marks. */
export function HelpText({ html }: { readonly html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the text is a file of this repository, never somebody's input
  return <div className="help-text" dangerouslySetInnerHTML={{ __html: html }} />;
}
