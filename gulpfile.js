const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

exports.clean = () => rm('dist', { recursive: true, force: true });

/** What tsc leaves behind: icons and output schemas, from what ships and from nowhere else. */
const icons = () => src('nodes/**/*.svg', { base: '.' }).pipe(dest('dist'));
const schemas = () => src('nodes/**/__schema__/**/*.json', { base: '.' }).pipe(dest('dist'));

exports.assets = parallel(icons, schemas);
