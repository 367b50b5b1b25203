const { dest, src } = require('gulp');

// `n8n-node build` compiles the code and copies icons and output schemas; the codex files, which
// put the nodes into n8n's categories and search, have to follow their nodes into dist.
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = codex;
