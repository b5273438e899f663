package provision

import (
	"context"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// CheckAccess returns an error if a deployment would fail because there is no region, or no credentials. It is for the
// time before a build, which takes longer than everything else.
func CheckAccess(ctx context.Context, options Options) error {
	return connection.Check(ctx, options.Session.connection(), orSilent(options.Logger))
}

// Verify returns an error if a deployment would fail because of what is in AWS now: the stack, the functions' existing
// roles and distributions, or the bucket. It is for services whose hooks take part in the build. It changes nothing.
func Verify(ctx context.Context, service Service, options Options) error {
	d, err := newDeployment(service, Package{SHA256: "not built yet"}, options)
	if err != nil {
		return err
	}
	if d.clients, err = connect(ctx, d.options.Session, d.log); err != nil {
		return err
	}
	_, err = d.lookUp(ctx)
	return d.secrets.HideIn(err)
}
