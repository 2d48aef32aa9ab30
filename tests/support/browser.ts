/** Installs Chromium before the first test that needs it, so that the minute it takes is shown. */
import { chromiumPath } from "./chromium.ts";

export default function installBrowser(): void {
  chromiumPath();
}
