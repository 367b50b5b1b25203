module.exports = globalThis.loadedOnce('google-libphonenumber');
