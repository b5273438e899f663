// Package commandline describes the commands of a deploy program: a struct for each command, whose fields are its
// flags. The targets turn a struct into a program's arguments, and package cgo registers the same fields as flags. The
// zero value of a field always means the flag's default. It also has the list of the SPARTA_* environment variables.
package commandline

import (
	"fmt"
	"time"
)

// Logging holds the flags of the log.
type Logging struct {
	Level  string `flag:"level,l" env:"SPARTA_LOG_LEVEL" default:"info" usage:"log level: debug, info, warn or error"`
	Format string `flag:"format,f" env:"SPARTA_LOG_FORMAT" default:"text" usage:"log format: text, txt or json"`
}

// Appearance holds the original Sparta's flags for its log on a terminal, which targets do not have.
type Appearance struct {
	Timestamps bool `flag:"timestamps,z" usage:"write the time of each log entry, in UTC"`
	NoColor    bool `flag:"nocolor" usage:"write the log without colors; NO_COLOR=1 does, too"`
}

// Session holds the flags of commands that use AWS.
type Session struct {
	Profile   string `flag:"profile" usage:"AWS profile (default: AWS_PROFILE)"`
	Region    string `flag:"region" usage:"AWS region (default: AWS_REGION, or the profile's)"`
	RoleARN   string `flag:"roleArn" usage:"ARN of a role to assume"`
	MFASerial string `flag:"mfaSerial" usage:"serial number of the MFA device that the role requires"`
}

// Global holds further flags that the original Sparta accepts before every command.
type Global struct {
	NoOp      bool   `flag:"noop,n" usage:"change nothing"`
	BuildTags string `flag:"tags,t" usage:"comma-separated build tags"`
	LDFlags   string `flag:"ldflags" usage:"linker flags"`
}

// Provision holds the flags of provision that say what to do in AWS.
type Provision struct {
	Stack    string        `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
	NoOp     bool          `flag:"noop,n" env:"SPARTA_NOOP,NOOP" usage:"render and show, change nothing"`
	S3Bucket string        `flag:"s3Bucket,s" env:"SPARTA_S3_BUCKET,S3_BUCKET" usage:"bucket for the package"`
	BuildID  string        `flag:"buildID,i" usage:"build ID in the template (default: from the package's content)"`
	InPlace  bool          `flag:"inplace,c" usage:"update only the functions' code, if nothing else changes"`
	Wait     time.Duration `flag:"wait" usage:"how long to wait for the stack to settle (default 15m)"`
	Adopt    string        `flag:"adopt" usage:"the stack's name, to take over another application's stack"`
	Yes      bool          `flag:"yes,y" usage:"destroy data and addresses without asking"`
	JSON     bool          `flag:"json" usage:"write the result as JSON"`

	ServiceRole  string `flag:"serviceRole" env:"SPARTA_SERVICE_ROLE" usage:"role for CloudFormation, as an ARN"`
	KeepVersions string `flag:"keepVersions" env:"SPARTA_KEEP_VERSIONS" usage:"old versions kept, or all (default 5)"`

	Params map[string]string `flag:"parameter" usage:"value of a template parameter: Name=value or Name=@file"`
	Tags   map[string]string `flag:"tag" usage:"tag of the stack and its resources: Name=value"`
}

// Packaging holds the flags of provision that say what to build, and where to leave it.
type Packaging struct {
	BuildTags string `flag:"tags,t" usage:"comma-separated build tags"`
	LDFlags   string `flag:"ldflags" usage:"linker flags, for example '-X main.version=1.2'"`
	Pipeline  string `flag:"codePipelinePackage,p" usage:"write what a pipeline deploys to this folder; implies --noop"`

	// Check has the program check the service and the flags as provision does, write a CheckReport, and stop.
	Check bool `flag:"check" hidden:"true" usage:"check the service and the flags, change nothing"`
}

// CheckReport is the JSON that provision --check writes, for a target that is about to build the package.
type CheckReport struct {
	Builds bool   // whether provision has to build the package itself, because hooks or flags have a part in that
	Level  string // of the log
}

// Status holds the flags of status.
type Status struct {
	Stack     string `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
	Plaintext bool   `flag:"plaintext" usage:"show the account's number" not:"redact,r: hide the account's number"`
	JSON      bool   `flag:"json" usage:"write JSON"`
}

// Logs holds the flags of logs.
type Logs struct {
	Stack    string        `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
	Function string        `flag:"function" usage:"name of the function (default: all)"`
	Filter   string        `flag:"filter" usage:"CloudWatch Logs filter pattern"`
	Since    time.Duration `flag:"since" usage:"how far back to start (default 10m)"`
	Follow   bool          `flag:"follow" usage:"continue until interrupted"`
}

// Describe holds the flags of describe, which does not ask AWS anything.
type Describe struct {
	JSON bool   `flag:"json" usage:"write JSON"`
	Out  string `flag:"out,o" usage:"file for a page of HTML"`

	// S3Bucket is accepted because the original Sparta's describe, which rendered a template, required it.
	S3Bucket string `flag:"s3Bucket,s" hidden:"true" usage:"not needed"`
}

// Page returns the file that a target writes the page to, or "" if the result is JSON.
func (d Describe) Page() string {
	if d.Out == "" && !d.JSON {
		return ".sparta/describe.html"
	}
	return d.Out
}

// Delete holds the flags of delete.
type Delete struct {
	Stack string        `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
	NoOp  bool          `flag:"noop,n" env:"SPARTA_NOOP,NOOP" usage:"show what would be deleted"`
	Wait  time.Duration `flag:"wait" usage:"how long to wait for the stack to be deleted (default 15m)"`
	Adopt string        `flag:"adopt" usage:"the stack's name, to delete another application's stack"`
	Yes   bool          `flag:"yes,y" usage:"delete it without asking"`
}

// Rollback holds the flags of rollback.
type Rollback struct {
	Stack    string        `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
	Function string        `flag:"function" usage:"name of the function (default: the only one that has an alias)"`
	Version  string        `flag:"version" usage:"version to go to (default: the one before the alias's)"`
	NoOp     bool          `flag:"noop,n" env:"SPARTA_NOOP,NOOP" usage:"show what would be changed"`
	S3Bucket string        `flag:"s3Bucket,s" env:"SPARTA_S3_BUCKET,S3_BUCKET" usage:"bucket for a large template"`
	Wait     time.Duration `flag:"wait" usage:"how long to wait for the stack to settle (default 15m)"`
	Adopt    string        `flag:"adopt" usage:"the stack's name, to roll back another application's stack"`
}

// CheckVersion returns an error if the argument and the flag of rollback are different versions.
func CheckVersion(argument, flag string) error {
	if flag != "" && flag != argument {
		return fmt.Errorf("version %s and --version=%s are different: use one of them", argument, flag)
	}
	return nil
}

// Invoke holds the flags of invoke.
type Invoke struct {
	Stack    string `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
	Function string `flag:"function" usage:"name of the function (default: the only one)"`
	Event    string `flag:"event" default:"{}" usage:"the event: JSON, @file or - for stdin"`
	Sample   string `flag:"sample" usage:"use a sample event of a source, such as sqs"`
}

// Sample holds the flags of sample, which a target runs to get a sample event.
type Sample struct {
	Function string `flag:"function" usage:"name of the function whose sources come first"`
	Sample   string `flag:"sample" usage:"name of the source"`
}

// LocalInvoke holds the flags of invoke, and those of local runs.
type LocalInvoke struct {
	Invoke
	Timeout time.Duration `flag:"timeout" usage:"when to give up (default 30s, with -remote never)"`
	Env     []string      `flag:"env" usage:"the function's variables, here: NAME=value,NAME,@file"`
	Remote  bool          `flag:"remote" usage:"run the deployed function, in AWS"`

	NoCredentials bool `flag:"noCredentials" usage:"hide the shell's AWS credentials and ~/.aws from the function"`
}

// Explore holds the flags of explore.
type Explore struct {
	Port        string   `flag:"port,p" usage:"port of the console; HTTP has the next one (default 8377; 0: any)"`
	Listen      string   `flag:"listen" usage:"address to listen on (default 127.0.0.1)"`
	Env         []string `flag:"env" usage:"the functions' variables: NAME=value,NAME,@file"`
	EnvFile     string   `flag:"envFile" usage:"file with the functions' variables, one NAME=value per line"`
	Concurrency string   `flag:"concurrency" usage:"invocations of a function at the same time (default 10)"`
	Debug       bool     `flag:"debug" usage:"build for a debugger, and show the processes to attach it to"`

	NoCredentials bool `flag:"noCredentials" usage:"hide the shell's AWS credentials and ~/.aws from the functions"`
	Authorization
}

// Authorization holds the flags that say how requests to APIs are authorized on this machine.
type Authorization struct {
	JWKS          string `flag:"jwks" usage:"file with the public keys (JWKS) that verify the signatures of tokens"`
	NoAuthorizers bool   `flag:"noAuthorizers" usage:"let requests pass without asking authorizers"`
}

// Execute holds the flags of execute.
type Execute struct {
	Function string        `flag:"function" usage:"name of the function (default: the only one)"`
	Event    string        `flag:"event" default:"{}" usage:"the event: JSON, @file or - for stdin"`
	Sample   string        `flag:"sample" usage:"use a sample event of a source, such as sqs"`
	Timeout  time.Duration `flag:"timeout" usage:"for example 10s (default: the function's own timeout)"`
	Port     string        `flag:"port,p" usage:"serve the API and functions' URLs on this port until Ctrl-C (0: any)"`
	Authorization
}

// Build holds the flags of build that say what is written.
type Build struct {
	JSON bool `flag:"json" env:"SPARTA_JSON" usage:"write JSON"`
}

// BuildSettings holds the settings of builds. For targets, they are variables only: a target with flags cannot be
// mage's Default.
type BuildSettings struct {
	Package string `flag:"package" env:"SPARTA_PACKAGE" usage:"main package, for example ./cmd/x (default .)"`
	Name    string `flag:"name" env:"SPARTA_NAME" usage:"name of the library and the zip (default: the package's)"`
	Builder string `flag:"builder" env:"SPARTA_BUILDER" usage:"auto, docker or host (default auto)"`
	GOARCH  string `flag:"goarch" env:"SPARTA_GOARCH" usage:"amd64 or arm64 (default amd64)"`
	Python  string `flag:"python" env:"SPARTA_PYTHON" usage:"runtime in Lambda (default python3.13)"`
	Tags    string `flag:"tags,t" env:"SPARTA_BUILD_TAGS" usage:"comma-separated build tags"`
	LDFlags string `flag:"ldflags" env:"SPARTA_LDFLAGS" usage:"linker flags, in addition to -s -w"`
	Include string `flag:"include" env:"SPARTA_INCLUDE" usage:"more files to pack: data,conf/prod.json=conf.json"`

	PythonDir    string `flag:"pythonDir" env:"SPARTA_PYTHON_DIR" usage:"folder of Python modules to pack"`
	Requirements string `flag:"requirements" env:"SPARTA_REQUIREMENTS" usage:"file with Python packages to install"`
	Layer        bool   `flag:"requirementsLayer" env:"SPARTA_REQUIREMENTS_LAYER" usage:"deploy them as a layer"`
	Bare         bool   `flag:"bare" env:"SPARTA_BARE" usage:"no SBOM, notices and provenance in the zip"`
	Vulncheck    string `flag:"vulncheck" env:"SPARTA_VULNCHECK" usage:"look for vulnerabilities: true, warn or false"`
}

// Doctor holds the flags of doctor.
type Doctor struct {
	JSON bool `flag:"json" env:"SPARTA_JSON" usage:"write JSON"`
}

// New holds the flags of new, which makes an application.
type New struct {
	Template string `flag:"template" usage:"kind of application (default hello)"`
	Module   string `flag:"module" usage:"path of its module (default: below that of this folder, or example.com)"`
}

// Verify holds the flags of verify.
type Verify struct {
	Stack string `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
}

// LocalVerify holds the flags of verify, and those of local runs.
type LocalVerify struct {
	Verify
	Deployed bool `flag:"deployed" usage:"compare the code of the deployed functions, too"`
}

// Recover holds the flags of recover.
type Recover struct {
	Stack string        `flag:"stack" env:"SPARTA_STACK" usage:"name of the stack (default: the service's)"`
	Skip  []string      `flag:"skip" usage:"comma-separated logical IDs of resources to leave as they are"`
	Wait  time.Duration `flag:"wait" usage:"how long to wait for the stack to settle (default 15m)"`
	Adopt string        `flag:"adopt" usage:"the stack's name, to recover another application's stack"`
}
