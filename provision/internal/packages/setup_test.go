//go:build go1.25

package packages

import (
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

const fakeURL = "http://s3.example"

func s3Config(t *testing.T, handler http.HandlerFunc, region string, log *logrus.Logger) aws.Config {
	t.Helper()
	testaws.ClearEnvironment(t)
	testaws.SetCredentials(t)
	cfg, err := connection.Open(t.Context(), connection.Options{
		Region: region, Endpoints: map[string]string{"": fakeURL}, Dial: testnet.To(handler),
	}, log)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}
