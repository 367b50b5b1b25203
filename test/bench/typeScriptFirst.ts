// Beside each node lies its codex, `TwilioSms.node.json`, which Node takes for what is imported as
// `TwilioSms.node` unless it looks for TypeScript first.
const { extensions } = require;
const json = extensions['.json'];
Reflect.deleteProperty(extensions, '.json');
extensions['.json'] = json;
