@node "%~dp0extensionTests.ts" %*
