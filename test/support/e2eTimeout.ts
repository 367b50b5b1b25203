// A real n8n and a real browser take their time, most of all on a machine that does other things as well.
jest.setTimeout(240_000);
