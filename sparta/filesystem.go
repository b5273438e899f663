package sparta

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
)

// LambdaFunctionFileSystemConfig mounts an EFS file system. The function must be in a VPC with a mount target
// of it. If the stack creates the mount target, the function needs a DependsOn, which a hook of PostMarshall
// can add.
type LambdaFunctionFileSystemConfig struct {
	Arn            any    `json:"arn"`            // of an access point
	LocalMountPath string `json:"localMountPath"` // below /mnt: /mnt/data
}

// maxFileSystems is the number of file systems that Lambda can mount.
const maxFileSystems = 1

var mountPattern = pattern(`^/mnt/[a-zA-Z0-9_.-]{1,155}$`)

func (o *LambdaFunctionOptions) fileSystemProblems() []error {
	if len(o.FileSystemConfigs) == 0 {
		return nil
	}
	var errs []error
	report := func(format string, values ...any) { errs = append(errs, fmt.Errorf(format, values...)) }
	if len(o.FileSystemConfigs) > maxFileSystems {
		report("%d file systems are too many: Lambda mounts %d", len(o.FileSystemConfigs), maxFileSystems)
	}
	if o.VpcConfig == nil {
		errs = append(errs, errors.New("file systems need a VPC: set VpcConfig"))
	}
	if o.SnapStarts() {
		errs = append(errs, errors.New("SnapStart does not work with file systems: clear one"))
	}
	for _, system := range o.FileSystemConfigs {
		if !isAccessPoint(system.Arn) {
			report("file system of type %T is invalid: "+
				"use the ARN of an EFS access point or a CloudFormation intrinsic", system.Arn)
		}
		if !mountPattern().MatchString(system.LocalMountPath) {
			report("file system cannot be mounted at %q: use a folder below /mnt, for example /mnt/data",
				system.LocalMountPath)
		}
	}
	return errs
}

func isAccessPoint(value any) bool {
	if arn, isText := expression.Text(value); isText {
		return strings.HasPrefix(arn, "arn:") && strings.Contains(arn, ":elasticfilesystem:") &&
			strings.Contains(arn, ":access-point/")
	}
	return expression.Is(value)
}
