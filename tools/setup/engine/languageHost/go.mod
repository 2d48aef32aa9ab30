module customer-care/engine/languageHost

go 1.26.6

// The last version of the module that has the Node language host in it.
require github.com/pulumi/pulumi/sdk/v3 v3.66.0

// As the CLI has them: maintained versions, and packages that Go compiles once for both.
require (
	github.com/ProtonMail/go-crypto v1.5.2
	github.com/cloudflare/circl v1.6.3
	github.com/golang/glog v1.2.5
	github.com/golang/protobuf v1.5.4
	github.com/spf13/cobra v1.10.2
	github.com/spf13/pflag v1.0.10
	go.uber.org/atomic v1.12.0
	golang.org/x/crypto v0.58.0
	golang.org/x/net v0.62.0
	golang.org/x/sys v0.49.0
	golang.org/x/term v0.47.0
	golang.org/x/text v0.43.0
	google.golang.org/genproto v0.0.0-20260724162435-b2f20204f0df
	google.golang.org/genproto/googleapis/rpc v0.0.0-20261026165753-2ffab32bce7e
	google.golang.org/grpc v1.85.0
	google.golang.org/protobuf v1.36.12
)

// As that version has them.
require (
	github.com/aead/chacha20 v0.0.0-20180709150244-8b13a72661da
	github.com/blang/semver v3.5.1+incompatible
	github.com/cheggaaa/pb v1.0.29
	github.com/djherbis/times v1.5.0
	github.com/emirpasic/gods v1.18.1
	github.com/go-git/gcfg v1.5.0
	github.com/go-git/go-billy/v5 v5.4.0
	github.com/go-git/go-git/v5 v5.6.0
	github.com/gofrs/uuid v4.2.0+incompatible
	github.com/gogo/protobuf v1.3.2
	github.com/google/shlex v0.0.0-20191202100458-e7afc7fbc510
	github.com/grpc-ecosystem/grpc-opentracing v0.0.0-20180507213350-8e809c8a8645
	github.com/hashicorp/errwrap v1.1.0
	github.com/hashicorp/go-multierror v1.1.1
	github.com/imdario/mergo v0.3.13
	github.com/jbenet/go-context v0.0.0-20150711004518-d14ea06fba99
	github.com/kevinburke/ssh_config v1.2.0
	github.com/mattn/go-runewidth v0.0.13
	github.com/opentracing/basictracer-go v1.1.0
	github.com/opentracing/opentracing-go v1.2.0
	github.com/pjbgf/sha1cd v0.3.0
	github.com/pkg/errors v0.9.1
	github.com/pkg/term v1.1.0
	github.com/rivo/uniseg v0.2.0
	github.com/rogpeppe/go-internal v1.9.0
	github.com/sabhiram/go-gitignore v0.0.0-20210923224102-525f6e181f06
	github.com/santhosh-tekuri/jsonschema/v5 v5.0.0
	github.com/sergi/go-diff v1.2.0
	github.com/skeema/knownhosts v1.1.0
	github.com/texttheater/golang-levenshtein v1.0.1
	github.com/tweekmonster/luser v0.0.0-20161003172636-3fa38070dbd7
	github.com/uber/jaeger-client-go v2.30.0+incompatible
	github.com/uber/jaeger-lib v2.4.1+incompatible
	github.com/xanzy/ssh-agent v0.3.3
	gopkg.in/warnings.v0 v0.1.2
	gopkg.in/yaml.v3 v3.0.1
	lukechampine.com/frand v1.4.2
	sourcegraph.com/sourcegraph/appdash v0.0.0-20211028080628-e2786a622600
)
