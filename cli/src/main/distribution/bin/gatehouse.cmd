@echo off
rem Runs Gatehouse from an unpacked distribution. In a source checkout use gatehouse.cmd in its root, which builds first.
setlocal
set "BIN=%~dp0"
if defined GATEHOUSE_JDK (set "JDK=%GATEHOUSE_JDK%") else call "%BIN%jdk.cmd" || exit /b 3
set "OPTIONS=command.options"
if "%~1"=="serve" set "OPTIONS=serve.options"
if "%~1"=="audit" set "OPTIONS=audit.options"
set "PROGRAM=gatehouse"
if not "%~1"=="gateway" goto run
rem The gateway's own class path. The exceptions: the first reads source code, the others show all commands there are.
set "PROGRAM=gateway"
for %%W in (migrate-code -h --help) do if "%~2"=="%%W" set "PROGRAM=gatehouse"
if "%~2"=="" set "PROGRAM=gatehouse"
if "%~2"=="serve" set "OPTIONS=gateway.options"
:run
"%JDK%\bin\java.exe" "@%BIN%%OPTIONS%" %GATEHOUSE_JAVA_OPTS% -jar "%BIN%..\%PROGRAM%.jar" %*
exit /b %ERRORLEVEL%
