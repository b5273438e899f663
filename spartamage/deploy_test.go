package spartamage

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/programs"
)

func TestProvisionArguments(t *testing.T) {
	tests := map[string]struct {
		options ProvisionOptions
		want    []string
	}{
		"nothing is left to the program's own defaults": {ProvisionOptions{}, nil},
		"everything": {
			ProvisionOptions{
				NoOp: true, Level: "debug", S3Bucket: "b", Stack: "s", Wait: 90 * time.Second, InPlace: true,
				BuildID: "7", Adopt: "s", Yes: true,
			},
			[]string{
				"--level=debug", "--stack=s", "--noop", "--s3Bucket=b", "--buildID=7", "--inplace", "--wait=1m30s",
				"--adopt=s", "--yes",
			},
		},
		"a parameter, which may be a secret, is not among them": {
			ProvisionOptions{
				Parameters: map[string]string{"Token": "s3cr3t"},
				Tags:       map[string]string{"team": "blue", "stage": "a=b"},
			},
			[]string{"--tag==stage=a=b", "--tag=team=blue"},
		},
		"a value that looks like a flag stays a value": {
			ProvisionOptions{BuildID: "--noop=false"}, []string{"--buildID=--noop=false"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.options.args(test.options.flags()); !slices.Equal(got, test.want) {
				t.Errorf("arguments are %q, want %q", got, test.want)
			}
		})
	}
}

func TestAServiceIsDescribedByItsFieldsAndTheEnvironment(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "my.shop_9")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		service Service
		build   BuildOptions
		env     map[string]string
		want    Service
		err     string
	}{
		"nothing is set": {
			build: BuildOptions{Dir: folder}, want: Service{Name: "my-shop-9", Function: "my_shop_9"},
		},
		"a package has a name of its own": {
			build: BuildOptions{Dir: folder, Package: "./cmd/order"}, want: Service{Name: "order", Function: "order"},
		},
		"a folder with 34 letters": {
			build: BuildOptions{Name: strings.Repeat("a", 34)},
			want:  Service{Name: strings.Repeat("a", 34), Function: "main"},
		},
		"the longest that is repeated": {
			build: BuildOptions{Name: strings.Repeat("a", 31)},
			want:  Service{Name: strings.Repeat("a", 31), Function: strings.Repeat("a", 31)},
		},
		"a folder with 100 letters": {
			build: BuildOptions{Name: strings.Repeat("a", 58) + "-" + strings.Repeat("b", 41)},
			want:  Service{Name: strings.Repeat("a", 58), Function: "main"},
		},
		"a folder that begins with a digit": {
			build: BuildOptions{Dir: folder, Package: "./123app"},
			want:  Service{Name: "app-123app", Function: "app_123app"},
		},
		"a folder without letters": {
			build: BuildOptions{Dir: folder, Package: "./__"}, want: Service{Name: "app", Function: "app"},
		},
		"a major version": {
			build: BuildOptions{Dir: folder, Package: "./order/v2"}, want: Service{Name: "order", Function: "order"},
		},
		"no major version": {
			build: BuildOptions{Dir: folder, Package: "./order/v1"}, want: Service{Name: "v1", Function: "v1"},
		},
		"the build's name is the service's": {
			build: BuildOptions{Dir: folder, Name: "shop"}, want: Service{Name: "shop", Function: "shop"},
		},
		"fields": {
			service: Service{Name: "Shop", Function: "take", RoleName: "r"},
			want:    Service{Name: "Shop", Function: "take", RoleName: "r"},
		},
		"the environment takes precedence": {
			service: Service{Name: "Shop", Function: "take", RoleName: "r", MemorySize: 128, Timeout: 3},
			env: map[string]string{
				"SPARTA_SERVICE":     "Other",
				"SPARTA_DESCRIPTION": "d",
				"SPARTA_FUNCTION":    "f",
				"SPARTA_ROLE":        "role",
				"SPARTA_MEMORY_SIZE": "512",
				"SPARTA_TIMEOUT":     "1m",
			},
			want: Service{
				Name:        "Other",
				Description: "d",
				Function:    "f",
				RoleName:    "role",
				MemorySize:  512,
				Timeout:     60,
			},
		},
		"a timeout in seconds": {
			service: Service{Name: "S"}, env: map[string]string{"SPARTA_TIMEOUT": "90"},
			want: Service{Name: "S", Function: "S", Timeout: 90},
		},
		"a timeout that is not a number": {
			service: Service{Name: "S"}, env: map[string]string{"SPARTA_TIMEOUT": "long"},
			err: `SPARTA_TIMEOUT must be a number of seconds or a duration, for example 30s, got "long"`,
		},
		"a timeout that is not in whole seconds": {
			service: Service{Name: "S"}, env: map[string]string{"SPARTA_TIMEOUT": "1500ms"}, err: "SPARTA_TIMEOUT",
		},
		"memory that is not a number": {
			service: Service{Name: "S"}, env: map[string]string{"SPARTA_MEMORY_SIZE": "1GB"},
			err: `SPARTA_MEMORY_SIZE must be a number of megabytes, got "1GB"`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{
				"SPARTA_SERVICE", "SPARTA_DESCRIPTION", "SPARTA_FUNCTION", "SPARTA_ROLE", "SPARTA_MEMORY_SIZE",
				"SPARTA_TIMEOUT",
			} {
				t.Setenv(variable, test.env[variable])
			}
			got, err := test.service.Resolve(test.build)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q", err, test.err)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(got, test.want) {
				t.Errorf("service is %+v (error: %v)\n     want %+v", got, err, test.want)
			}
		})
	}
}

// The program itself and package cgo both read the deployment.
func TestADeploymentGoesThroughTheEnvironment(t *testing.T) {
	want := Deployment{
		Application: "example.com/shop/cmd/x",
		Build:       BuildOptions{Dir: "/app", Package: "./cmd/x", Include: []string{"data"}},
		Parameters:  map[string]string{"Token": "s3cr3t"},
		Service:     Service{Name: "Shop", Options: map[string]any{"Environment": map[string]any{"KEY": "canary"}}},
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(DeployVariable, string(text))
	for range 2 {
		if got, err := ReadDeployment(); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("deployment is %+v (error: %v)\n        want %+v", got, err, want)
		}
	}
	t.Setenv(DeployVariable, `{"Build": "canary`)
	if _, err := ReadDeployment(); err == nil || strings.Contains(err.Error(), "canary") {
		t.Errorf("error %v, want one without the value", err)
	}
	if err := os.Unsetenv(DeployVariable); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadDeployment(); err != nil || !reflect.DeepEqual(got, Deployment{}) {
		t.Errorf("without the variable the deployment is %+v (error: %v)", got, err)
	}
}

func TestTheDeployProgramLearnsAllThatIsPrepared(t *testing.T) {
	prepared := builder.Prepared{
		Application: "example.com/shop", Original: "v1.15.0", Program: "/app/.sparta/deploy", Folder: "/app/cmd/x",
		Package: &builder.Artifact{Zip: "/app/.sparta/shop.zip", Libraries: []string{"libc.so.6"}}, Built: true,
		Done: "/app/.sparta/done-1",
	}
	variables, err := DeployOptions{}.variables(prepared)
	if err != nil {
		t.Fatal(err)
	}
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	got, err := ReadDeployment()
	if err != nil {
		t.Fatal(err)
	}
	fields := reflect.TypeFor[builder.Prepared]()
	for i := range fields.NumField() {
		name, want := fields.Field(i).Name, reflect.ValueOf(prepared).Field(i)
		arrived := reflect.ValueOf(got).FieldByName(name)
		if want.IsZero() || !arrived.IsValid() {
			t.Errorf("%s is not set here, or no field of a Deployment", name)
		} else if !reflect.DeepEqual(arrived.Convert(want.Type()).Interface(), want.Interface()) {
			t.Errorf("%s is %v, want %v", name, arrived, want)
		}
	}
}

// A system limits the length of a variable: 128 KiB on Linux.
func TestALongServiceReachesTheDeployProgram(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no shell")
	}
	page := strings.Repeat("a long text. ", 40_000)
	service := Service{Name: "Shop", Resources: map[string]any{"Page": page}}
	done := filepath.Join(t.TempDir(), "done")
	variables, err := DeployOptions{Service: service}.variables(builder.Prepared{Done: done})
	if err == nil {
		err = Deployment{Done: done}.Confirm()
	}
	var environ bytes.Buffer
	if err == nil {
		program := programs.Deployment{
			Path: "sh", Command: "-c", Args: []string{"env -0"}, Variables: variables, Done: done,
		}
		err = program.Run(t.Context(), nil, &environ, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	for variable := range strings.SplitSeq(environ.String(), "\x00") {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, DeployVariable) {
			t.Setenv(name, value)
		}
	}
	deployment, err := ReadDeployment()
	if err != nil || !reflect.DeepEqual(deployment.Service, service) {
		t.Errorf("the page of %d bytes did not arrive: %v", len(page), err)
	}
}
