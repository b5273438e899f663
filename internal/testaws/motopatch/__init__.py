"""What moto lacks for this project's tests, one module a subject."""
