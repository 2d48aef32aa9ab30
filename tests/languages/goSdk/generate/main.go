// Writes the SDK in Go that `pulumi package add` writes: with Pulumi's own generator, which it shares.
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	gen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The schema's path and the folder to write to.
func main() {
	if err := generate(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func generate(schemaPath, folder string) error {
	text, err := os.ReadFile(schemaPath)
	if err != nil {
		return err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return err
	}
	pkg, problems, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{})
	if err != nil {
		return err
	}
	if problems.HasErrors() {
		return problems
	}
	// As `pulumi package add` sets it, independent of the schema: the SDK is a module of its own.
	pkg.SupportPack = true
	files, err := gen.GeneratePackage("pulumi", pkg, nil)
	if err != nil {
		return err
	}
	for name, content := range files {
		// This module is the SDK's: it has what the generator needs as well.
		if name == "go.mod" {
			continue
		}
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
