package provision

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/functions"
	"github.com/go-sparta/sparta/provision/internal/packages"
)

// VerifyOptions say in which stack functions are compared with the package.
type VerifyOptions struct {
	commandline.Verify
	Session SessionOptions

	Stdout io.Writer
	Logger *logrus.Logger
}

// VerifyCode compares the code of a service's deployed functions with the package. It changes nothing. The error says
// which files differ.
func VerifyCode(ctx context.Context, service Service, pkg Package, options VerifyOptions) error {
	sum, err := packages.SHA256(pkg.Zip)
	if err != nil {
		return err
	}
	log, out := orSilent(options.Logger), orDiscard(options.Stdout)
	cfg, err := connection.Open(ctx, options.Session.connection(), log)
	if err != nil {
		return err
	}
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	compare := functions.Comparison{
		Caller: newClients(cfg, log).Caller, API: lambda.NewFromConfig(cfg), HTTP: cfg.HTTPClient,
		Zip: pkg.Zip, Shown: files.Shown(here, pkg.Zip), SHA256: sum,
	}
	var failed []error
	for _, name := range service.functionNames(stackName(service, options.Stack)) {
		failed = append(failed, compare.Check(ctx, name, out))
	}
	return errors.Join(failed...)
}
