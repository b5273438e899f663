//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/aws/aws-sdk-go/service/lambda"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// StatusOptions say which stack to show and how.
type StatusOptions struct {
	Session SessionOptions
	Stack   string // empty means the service's name
	Redact  bool   // hide the account's number
	JSON    bool
	Stdout  io.Writer
	Logger  *logrus.Logger
}

// Status shows a service's stack: its state, its functions and its outputs.
func Status(ctx context.Context, service Service, options StatusOptions) error {
	options.Logger, options.Stdout = orSilent(options.Logger), orDiscard(options.Stdout)
	sess, err := connection.NewSession(ctx, connection.Options(options.Session), options.Logger)
	if err != nil {
		return err
	}
	return inspector{Client: newAccount(sess, options.Logger).Client, functions: lambda.New(sess)}.run(ctx, service, options)
}

// inspectAPI is the part of Lambda that tells of functions.
type inspectAPI interface {
	GetFunctionConfigurationWithContext(aws.Context, *lambda.GetFunctionConfigurationInput, ...request.Option) (*lambda.FunctionConfiguration, error)
	ListAliasesPagesWithContext(aws.Context, *lambda.ListAliasesInput, func(*lambda.ListAliasesOutput, bool) bool, ...request.Option) error
	ListVersionsByFunctionPagesWithContext(aws.Context, *lambda.ListVersionsByFunctionInput, func(*lambda.ListVersionsByFunctionOutput, bool) bool, ...request.Option) error
}

type inspector struct {
	stack.Client
	functions inspectAPI
}

// stackReport is what Status shows. Its JSON is what StatusOptions.JSON writes.
type stackReport struct {
	Stack     string            `json:"stack"`
	ID        string            `json:"id"`
	Status    string            `json:"status"`
	Reason    string            `json:"reason,omitempty"`
	Updated   time.Time         `json:"updated"`
	Functions []functionReport  `json:"functions"`
	Outputs   map[string]string `json:"outputs"`
}

type functionReport struct {
	Name       string   `json:"name"`
	State      string   `json:"state"`                      // Lambda's, or "missing"
	Reason     string   `json:"reason,omitempty"`           // of a state or an update that is no success
	LastUpdate string   `json:"lastUpdateStatus,omitempty"` // Lambda's: Successful, InProgress or Failed
	Versions   []string `json:"versions,omitempty"`
	Aliases    []string `json:"aliases,omitempty"`  // name=version
	Updated    string   `json:"updated,omitempty"`  // as RFC 3339 has it
	Size       int64    `json:"codeSize,omitempty"` // bytes
}

// state is what to say of a function in a word or two.
func (r functionReport) state() string {
	if r.LastUpdate == "" || r.LastUpdate == lambda.LastUpdateStatusSuccessful {
		return r.State
	}
	return r.State + ", update " + r.LastUpdate
}

func (i inspector) run(ctx context.Context, service Service, options StatusOptions) error {
	name := stackName(service, Options{Stack: options.Stack})
	live, err := i.Describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		return fmt.Errorf("show stack %s: there is no such stack: run cgo:provision, or check the name and the region", name)
	}
	report := stackReport{
		Stack: name, ID: aws.StringValue(live.StackId), Status: aws.StringValue(live.StackStatus), Reason: aws.StringValue(live.StackStatusReason),
		Updated: aws.TimeValue(cmp.Or(live.LastUpdatedTime, live.CreationTime)).UTC().Truncate(time.Second), Functions: []functionReport{}, Outputs: map[string]string{},
	}
	for _, info := range service.Functions {
		function, err := i.inspect(ctx, template.FunctionName(name, info.Name()))
		if err != nil {
			return err
		}
		report.Functions = append(report.Functions, function)
	}
	for _, output := range live.Outputs {
		report.Outputs[aws.StringValue(output.OutputKey)] = aws.StringValue(output.OutputValue)
	}
	var text strings.Builder
	if options.JSON {
		err = report.writeJSON(&text)
	} else {
		err = report.writeText(&text)
	}
	if err != nil {
		return err
	}
	shown := text.String()
	if options.Redact {
		shown = show.RedactAccount(shown, aws.StringValue(accountOf(live)))
	}
	_, err = io.WriteString(options.Stdout, shown)
	return err
}

func (i inspector) inspect(ctx context.Context, name string) (functionReport, error) {
	report := functionReport{Name: name, State: "missing"}
	var configuration *lambda.FunctionConfiguration
	err := i.Call(ctx, "lambda:GetFunctionConfiguration", func(ctx context.Context) (err error) {
		configuration, err = i.functions.GetFunctionConfigurationWithContext(ctx, &lambda.GetFunctionConfigurationInput{FunctionName: &name})
		return err
	})
	if connection.HasCode(err, lambda.ErrCodeResourceNotFoundException) {
		return report, nil
	}
	if err != nil {
		return report, fmt.Errorf("look up function %s: %w", name, err)
	}
	report.State, report.LastUpdate = aws.StringValue(configuration.State), aws.StringValue(configuration.LastUpdateStatus)
	report.Reason = cmp.Or(aws.StringValue(configuration.StateReason), aws.StringValue(configuration.LastUpdateStatusReason))
	report.Updated, report.Size = timeOf(aws.StringValue(configuration.LastModified)), aws.Int64Value(configuration.CodeSize)
	err = i.Call(ctx, "lambda:ListVersionsByFunction", func(ctx context.Context) error {
		report.Versions = nil
		return i.functions.ListVersionsByFunctionPagesWithContext(ctx, &lambda.ListVersionsByFunctionInput{FunctionName: &name},
			func(page *lambda.ListVersionsByFunctionOutput, _ bool) bool {
				for _, version := range page.Versions {
					if number := aws.StringValue(version.Version); number != "$LATEST" {
						report.Versions = append(report.Versions, number)
					}
				}
				return true
			})
	})
	if err != nil {
		return report, fmt.Errorf("list the versions of %s: %w", name, err)
	}
	err = i.Call(ctx, "lambda:ListAliases", func(ctx context.Context) error {
		report.Aliases = nil
		return i.functions.ListAliasesPagesWithContext(ctx, &lambda.ListAliasesInput{FunctionName: &name},
			func(page *lambda.ListAliasesOutput, _ bool) bool {
				for _, alias := range page.Aliases {
					report.Aliases = append(report.Aliases, aws.StringValue(alias.Name)+"="+aws.StringValue(alias.FunctionVersion))
				}
				return true
			})
	})
	if err != nil {
		return report, fmt.Errorf("list the aliases of %s: %w", name, err)
	}
	return report, nil
}

// timeOf spells a time as Lambda has it, 2026-01-31T12:00:00.000+0000, as all
// others are. What is no time stays.
func timeOf(modified string) string {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999-0700", time.RFC3339Nano} {
		if at, err := time.Parse(layout, modified); err == nil {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return modified
}

func (r stackReport) writeJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("write the status: %w", err)
	}
	return nil
}

func (r stackReport) writeText(w io.Writer) error {
	head := [][]string{{"STACK", "STATUS", "UPDATED"}, {r.Stack, r.Status, r.Updated.UTC().Format(time.RFC3339)}}
	if err := show.Table(w, head); err != nil {
		return err
	}
	if r.Reason != "" {
		fmt.Fprintln(w, r.Reason)
	}
	fmt.Fprintln(w)
	rows := [][]string{{"FUNCTION", "STATE", "VERSION", "ALIAS", "UPDATED"}}
	for _, f := range r.Functions {
		version := "-"
		if len(f.Versions) > 0 {
			version = f.Versions[len(f.Versions)-1]
		}
		rows = append(rows, []string{f.Name, f.state(), version, cmp.Or(strings.Join(f.Aliases, " "), "-"), cmp.Or(f.Updated, "-")})
	}
	if err := show.Table(w, rows); err != nil {
		return err
	}
	for _, f := range r.Functions {
		if f.Reason != "" {
			fmt.Fprintf(w, "%s: %s\n", f.Name, f.Reason)
		}
	}
	if len(r.Outputs) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	rows = [][]string{{"OUTPUT", "VALUE"}}
	for _, key := range slices.Sorted(maps.Keys(r.Outputs)) {
		rows = append(rows, []string{key, r.Outputs[key]})
	}
	return show.Table(w, rows)
}
