// A headless Chromium of the distribution, and where the server is: given by `cargo xtask browser` and `cargo xtask screenshots`.
import { chromium } from "playwright-core";

export const base = process.env.DATELINE_URL;

export const launch = () =>
  chromium.launch({
    executablePath: process.env.DATELINE_CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

// The summit of the story, whose history has every kind of change.
export const summit = async () => {
  const answer = await fetch(`${base}/api/v1/events.ndjson?actor=Putin&with=Biden&type=CONSULT`);
  const events = (await answer.text()).trim().split("\n").map(JSON.parse);
  return events.sort((one, other) => other.mentions - one.mentions)[0].id;
};

// The document of the story with a title.
export const document = async (title) => {
  const answer = await fetch(`${base}/api/v1/documents.ndjson`);
  const documents = (await answer.text()).trim().split("\n").map(JSON.parse);
  return documents.find((document) => document.title === title).id;
};
