import type { Page } from "@playwright/test";

/**
 * The page, whose `goto` and `reload` also wait until it listens. A page is drawn before its scripts have run, and what
 * is pressed in between goes nowhere; a person sees that and presses again, a test does not.
 */
export function patient(page: Page): Page {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (...args) => {
    const response = await goto(...args);
    await listens(page);
    return response;
  };
  page.reload = async (...args) => {
    const response = await reload(...args);
    await listens(page);
    return response;
  };
  return page;
}

/** Every control that React drew has its handlers. */
async function listens(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button, input, textarea, [role=grid], [role=treegrid]")]
      .filter((control) => !control.closest(".cm-editor"))
      .every((control) => Object.keys(control).some((key) => key.startsWith("__reactProps$"))),
  );
}
