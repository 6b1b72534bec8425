// Reads a list of URLs from standard input; writes what npm's @ampproject/toolbox-cache-url makes of each, or null
// where it raises. Its folder is the only argument.
const {createCacheUrl} = require(process.argv[2]);
const urls = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const made = async (url) => {
  try {
    return await createCacheUrl('cdn.ampproject.org', url);
  } catch {
    return null;
  }
};
Promise.all(urls.map(made)).then((all) => process.stdout.write(JSON.stringify(all)));
