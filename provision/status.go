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

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// StatusOptions say which stack to show and how.
type StatusOptions struct {
	commandline.Status
	Session SessionOptions

	Stdout io.Writer
	Logger *logrus.Logger
}

// Status shows a service's stack: its state, its functions and its outputs.
func Status(ctx context.Context, service Service, options StatusOptions) error {
	options.Logger, options.Stdout = orSilent(options.Logger), orDiscard(options.Stdout)
	cfg, err := connection.Open(ctx, connection.Options(options.Session), options.Logger)
	if err != nil {
		return err
	}
	return inspector{Client: newAccount(cfg, options.Logger).Client, functions: lambda.NewFromConfig(cfg)}.run(ctx, service, options)
}

// inspectAPI is the part of Lambda that tells of functions.
type inspectAPI interface {
	GetFunctionConfiguration(context.Context, *lambda.GetFunctionConfigurationInput, ...func(*lambda.Options)) (*lambda.GetFunctionConfigurationOutput, error)
	lambda.ListAliasesAPIClient
	lambda.ListVersionsByFunctionAPIClient
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
	if r.LastUpdate == "" || r.LastUpdate == string(lambdatypes.LastUpdateStatusSuccessful) {
		return r.State
	}
	return r.State + ", update " + r.LastUpdate
}

func (i inspector) run(ctx context.Context, service Service, options StatusOptions) error {
	name := stackName(service, options.Stack)
	live, err := i.Describe(ctx, name)
	if err != nil {
		return err
	}
	if live == nil {
		return fmt.Errorf("show stack %s: there is no such stack: run cgo:provision, or check the name and the region", name)
	}
	report := stackReport{
		Stack: name, ID: aws.ToString(live.StackId), Status: string(live.StackStatus), Reason: aws.ToString(live.StackStatusReason),
		Updated: aws.ToTime(cmp.Or(live.LastUpdatedTime, live.CreationTime)).UTC().Truncate(time.Second), Functions: []functionReport{}, Outputs: map[string]string{},
	}
	for _, info := range service.Functions {
		function, err := i.inspect(ctx, template.FunctionName(name, info.Name()))
		if err != nil {
			return err
		}
		report.Functions = append(report.Functions, function)
	}
	for _, output := range live.Outputs {
		report.Outputs[aws.ToString(output.OutputKey)] = aws.ToString(output.OutputValue)
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
	if !options.Plaintext {
		shown = show.RedactAccount(shown, aws.ToString(accountOf(live)))
	}
	_, err = io.WriteString(options.Stdout, shown)
	return err
}

func (i inspector) inspect(ctx context.Context, name string) (functionReport, error) {
	report := functionReport{Name: name, State: "missing"}
	var configuration *lambda.GetFunctionConfigurationOutput
	err := i.Call(ctx, "lambda:GetFunctionConfiguration", func(ctx context.Context) (err error) {
		configuration, err = i.functions.GetFunctionConfiguration(ctx, &lambda.GetFunctionConfigurationInput{FunctionName: &name})
		return err
	})
	if connection.HasCode(err, "ResourceNotFoundException") {
		return report, nil
	}
	if err != nil {
		return report, fmt.Errorf("look up function %s: %w", name, err)
	}
	report.State, report.LastUpdate = string(configuration.State), string(configuration.LastUpdateStatus)
	report.Reason = cmp.Or(aws.ToString(configuration.StateReason), aws.ToString(configuration.LastUpdateStatusReason))
	report.Updated, report.Size = timeOf(aws.ToString(configuration.LastModified)), configuration.CodeSize
	err = i.Call(ctx, "lambda:ListVersionsByFunction", func(ctx context.Context) error {
		report.Versions = nil
		pages := lambda.NewListVersionsByFunctionPaginator(i.functions, &lambda.ListVersionsByFunctionInput{FunctionName: &name})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, version := range page.Versions {
				if number := aws.ToString(version.Version); number != "$LATEST" {
					report.Versions = append(report.Versions, number)
				}
			}
		}
		return nil
	})
	if err != nil {
		return report, fmt.Errorf("list the versions of %s: %w", name, err)
	}
	err = i.Call(ctx, "lambda:ListAliases", func(ctx context.Context) error {
		report.Aliases = nil
		pages := lambda.NewListAliasesPaginator(i.functions, &lambda.ListAliasesInput{FunctionName: &name})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			for _, alias := range page.Aliases {
				report.Aliases = append(report.Aliases, aws.ToString(alias.Name)+"="+aws.ToString(alias.FunctionVersion))
			}
		}
		return nil
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
