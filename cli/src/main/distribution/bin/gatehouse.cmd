@echo off
rem Runs Gatehouse from an unpacked distribution. In a source checkout use gatehouse.cmd in its root, which builds first.
setlocal
set "BIN=%~dp0"
if defined GATEHOUSE_JDK (set "JDK=%GATEHOUSE_JDK%") else call "%BIN%jdk.cmd" || exit /b 3
set "OPTIONS=command.options"
if "%~1"=="serve" set "OPTIONS=serve.options"
if "%~1"=="audit" set "OPTIONS=audit.options"
"%JDK%\bin\java.exe" "@%BIN%%OPTIONS%" %GATEHOUSE_JAVA_OPTS% -jar "%BIN%..\gatehouse.jar" %*
exit /b %ERRORLEVEL%
