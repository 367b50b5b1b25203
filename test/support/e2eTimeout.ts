// A real n8n and a real browser take their time.
jest.setTimeout(60_000);
