package provision

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/rollback"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// RollbackOptions say which function to roll back, and to what.
type RollbackOptions struct {
	commandline.Rollback
	Session SessionOptions

	Stdout io.Writer // for the table of changes; nil discards it
	Logger *logrus.Logger
}

// Rollback moves a function's alias to an earlier version, by a change set. The alias stays there until the service is
// provisioned with other code or settings.
func Rollback(ctx context.Context, service Service, options RollbackOptions) error {
	claim, secrets, err := claimExisting(service, options.Session, options.Stack, options.Adopt, &options.Rollback)
	if err != nil {
		return err
	}
	options.Logger, options.Stdout = secrets.Logger(orSilent(options.Logger)), orDiscard(options.Stdout)
	clients, err := connect(ctx, options.Session, options.Logger)
	if err != nil {
		return err
	}
	ctx, cancel := connection.WithTimeout(ctx, cmp.Or(options.Wait, stack.DefaultWait))
	defer cancel()
	return secrets.HideIn(clients.rollBack(ctx, service, claim, options))
}

func (c *clients) rollBack(ctx context.Context, service Service, claim *stack.Claim, options RollbackOptions) error {
	run := rollback.Run{
		Client:   c.Client,
		Lambda:   c.aliases,
		Claim:    claim,
		Function: options.Function,
		Version:  options.Version,
		NoOp:     options.NoOp,
		Show:     func(changes []stack.Change) error { return stack.WriteChanges(options.Stdout, changes) },
		Upload: func(ctx context.Context, live *cfntypes.Stack, template []byte) (string, error) {
			who, err := c.owner(ctx, live)
			if err != nil {
				return "", err
			}
			store, err := c.open(ctx, options.S3Bucket, who)
			if err != nil {
				return "", err
			}
			return store.UploadTemplate(ctx, service.Name, template)
		},
	}
	for _, info := range service.Functions {
		run.Functions = append(run.Functions, info.Name())
	}
	return run.Do(ctx)
}

// keepRollbacks returns the template with aliases where cgo:rollback has moved them, unless they move on now.
func keepRollbacks(document *cloudformation.Template, live *cfntypes.Stack) *cloudformation.Template {
	document, _, _ = template.KeepRollbacks(document, stack.Rollbacks(live))
	return document
}

// logRollbacks says which aliases stay where cgo:rollback has moved them, and which move on. It does not repeat itself,
// although a deployment may read the stack several times.
func (d *deployment) logRollbacks(document *cloudformation.Template, live *cfntypes.Stack) {
	log := func(format string, values ...any) {
		if text := fmt.Sprintf(format, values...); !slices.Contains(d.said, text) {
			d.said = append(d.said, text)
			d.log.Info(text)
		}
	}
	_, kept, ended := template.KeepRollbacks(document, stack.Rollbacks(live))
	for _, r := range kept {
		log("%s stays at version %s: cgo:rollback moved it there from version %s at %s, and neither its code "+
			"nor its settings have changed since; to have version %s again, use cgo:rollback -version=%s",
			d.aliasText(r), r.Version, r.From, r.At.Local().Format(time.DateTime), r.From, r.From)
	}
	for _, r := range ended {
		log("%s refers to version %s since cgo:rollback moved it there from version %s at %s; "+
			"this deployment publishes a new version, and the alias moves to that",
			d.aliasText(r), r.Version, r.From, r.At.Local().Format(time.DateTime))
	}
}

// aliasText names the alias that was rolled back, as other messages do.
func (d *deployment) aliasText(r template.Rollback) string {
	for _, info := range d.service.Functions {
		if template.AliasLogicalID(info.Name()) == r.Alias && info.Options != nil {
			return fmt.Sprintf("alias %s of %s", info.Options.AliasName(), template.FunctionName(d.stack, info.Name()))
		}
	}
	return r.Alias
}
