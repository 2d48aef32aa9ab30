module customer-care/engine/languageHost

go 1.25.11

// The last version of the module that has the Node language host in it.
require github.com/pulumi/pulumi/sdk/v3 v3.66.0
