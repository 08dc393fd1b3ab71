// Stryker's runner requires files of Mocha without their endings, and in Mocha 12 these are `.cjs`, which Node does not try by itself.
require.extensions['.cjs'] = require.extensions['.js'];
