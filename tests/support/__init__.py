"""What tests share: a real database, fresh tenants, the application in process or as a server."""
