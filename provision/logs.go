package provision

import (
	"cmp"
	"context"
	"errors"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/existing"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/logs"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// LogsOptions say which log events to show.
type LogsOptions struct {
	commandline.Logs
	Session SessionOptions

	Stdout io.Writer
	Logger *logrus.Logger
}

// Logs shows what a service's functions have logged, by time.
func Logs(ctx context.Context, service Service, options LogsOptions) error {
	options.Logger, options.Stdout = orSilent(options.Logger), orDiscard(options.Stdout)
	if err := commandline.Check(&options.Logs); err != nil {
		return err
	}
	functions := service.Functions
	if options.Function != "" {
		info, err := choose(functions, options.Function)
		if err != nil {
			return err
		}
		functions = []*sparta.LambdaAWSInfo{info}
	}
	cfg, err := connection.Open(ctx, options.Session.connection(), options.Logger)
	if err != nil {
		return err
	}
	reader := logs.Reader{
		Caller: newClients(cfg, options.Logger).Caller,
		API:    cloudwatchlogs.NewFromConfig(cfg),
		Region: cfg.Region,
		Filter: options.Filter,
		Since:  time.Now().Add(-cmp.Or(options.Since, 10*time.Minute)),
		Stdout: options.Stdout,
	}
	stack := stackName(service, options.Stack)
	for _, info := range functions {
		group := existing.Of(service.Hooks).LogGroup(stack, info.Name(), template.LogGroup(stack, info))
		if group == "" {
			options.Logger.Warnf("%s is left out: only CloudFormation knows the name of its log group; "+
				"aws logs tail shows it", info.Name())
			continue
		}
		own := logs.Group{Function: info.Name(), Name: group}
		reader.Groups = append(reader.Groups, own)
		if info.Options != nil && info.Options.Edge {
			reader.Groups = append(reader.Groups, logs.AtEdge(own, cfg)...)
		}
	}
	if len(reader.Groups) == 0 {
		return errors.New("there are no logs to show: set LoggingConfig.LogGroup to a name instead of an intrinsic")
	}
	return reader.Show(ctx, options.Follow)
}
