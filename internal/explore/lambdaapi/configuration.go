package lambdaapi

import (
	"cmp"
	"time"
)

// configuration is Lambda's FunctionConfiguration.
type configuration struct {
	FunctionName     string
	FunctionArn      string
	Runtime          string `json:",omitempty"`
	Role             string
	Handler          string `json:",omitempty"`
	Description      string
	Timeout          int // in seconds
	MemorySize       int
	LastModified     string
	Version          string
	Environment      *variables `json:",omitempty"`
	State            string
	LastUpdateStatus string
	PackageType      string
	Architectures    []string `json:",omitempty"`
	EphemeralStorage struct{ Size int }
	TracingConfig    struct{ Mode string }
}

type variables struct{ Variables map[string]string }

// configuration returns the configuration of a version or an alias.
func (f *Function) configuration(region, qualifier string) configuration {
	c := configuration{
		FunctionName:     f.Name,
		FunctionArn:      f.arn(region, qualifier),
		Runtime:          f.Runtime,
		Role:             "arn:aws:iam::" + account + ":role/" + f.Name,
		Handler:          f.Handler,
		Description:      f.Description,
		Timeout:          int((cmp.Or(f.Timeout, 3*time.Second) + time.Second - 1) / time.Second),
		MemorySize:       cmp.Or(f.MemorySize, 128),
		LastModified:     f.Modified.UTC().Format("2006-01-02T15:04:05.000-0700"),
		Version:          f.version(qualifier),
		State:            "Active",
		LastUpdateStatus: "Successful",
		PackageType:      "Zip",
	}
	if qualifier == latest {
		c.FunctionArn = f.arn(region, "") // lists have it without the qualifier
	}
	if len(f.Variables) > 0 {
		c.Environment = &variables{f.Variables}
	}
	if f.Arch != "" {
		c.Architectures = []string{f.Arch}
	}
	c.EphemeralStorage.Size = cmp.Or(f.Storage, 512)
	c.TracingConfig.Mode = "PassThrough"
	return c
}

// version returns the version that a qualifier means.
func (f *Function) version(qualifier string) string {
	if version, isAlias := f.Aliases[qualifier]; isAlias {
		return version
	}
	return cmp.Or(qualifier, latest)
}
