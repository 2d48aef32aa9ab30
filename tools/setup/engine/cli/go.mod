module customer-care/engine/cli

go 1.26.6

require github.com/pulumi/pulumi/pkg/v3 v3.276.0

// Pulumi's own go.mod replaces it as well, which a module that depends on Pulumi has to repeat.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
