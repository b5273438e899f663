package plainservice

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// An API and a site of a magefile arrive as they are described there.
func TestTheFrontOfAServiceArrives(t *testing.T) {
	described := spartamage.Service{
		Name: "Shop",
		API:  sparta.NewAPIGateway("Shop", sparta.NewStage("v1")),
		Site: &sparta.S3Site{
			Dir: "public", SinglePage: true, UserManifestData: map[string]any{"title": "Shop"},
			Domain: &sparta.SiteDomain{Names: []string{"example.com"}, CertificateArn: "arn"},
		},
	}
	text, err := json.Marshal(described)
	if err != nil {
		t.Fatal(err)
	}
	var service spartamage.Service
	if err := json.Unmarshal(text, &service); err != nil {
		t.Fatal(err)
	}
	api, site, err := Front(service)
	if err != nil {
		t.Fatal(err)
	}
	if api.Name != "Shop" || api.Stage.Name != "v1" || !reflect.DeepEqual(site, described.Site) {
		t.Errorf("API %+v, site %+v", api, site)
	}
	for field, service := range map[string]spartamage.Service{
		"Service.API is not a *sparta.API":     {API: map[string]any{"title": "Shop"}},
		"Service.Site is not a *sparta.S3Site": {Site: map[string]any{"folder": "public"}},
	} {
		if _, _, err := Front(service); err == nil || !strings.HasPrefix(err.Error(), field) {
			t.Errorf("error is %v, want %s", err, field)
		}
	}
}
